package co.stopcovid.running;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes new commands. Behind one that has to wait all later ones of its learner wait, in their
 * order, save for an opt-out, which is always heard. The others wait for nothing.
 */
public final class CommandIntake {
  /** How often a learner is taken anew because what waits was changed by another meanwhile. */
  private static final int MOST_ATTEMPTS = 5;

  public static final String BEHIND = "an earlier message of this learner waits";

  private static final String TOO_MANY = "too many commands of this learner wait already";
  private static final String UNREADABLE = "what waits of this learner cannot be read";

  private final CommandSettling settling;
  private final WaitingCommands waiting;
  private final Keywords keywords;
  private final VerdictCalls calls;

  public CommandIntake(
      CommandSettling settling, WaitingCommands waiting, Keywords keywords, VerdictCalls calls) {
    this.settling = settling;
    this.waiting = waiting;
    this.keywords = keywords;
    this.calls = calls;
  }

  /**
   * Takes commands, those of a learner in the order of their numbers. Taking them again is safe.
   *
   * @throws ConflictException when others change what waits all the time
   */
  public void take(List<PendingCommand> commands) {
    List<PendingCommand> open = commands;
    for (int attempt = 0; !open.isEmpty(); attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new ConflictException("what waits was changed by another each time");
      }
      open = tryTake(open);
    }
  }

  /** The commands to be taken again, because another changed what waits of their learners. */
  private List<PendingCommand> tryTake(List<PendingCommand> commands) {
    Map<PhoneNumber, Place> places = places(commands);
    List<PendingCommand> tried = new ArrayList<>(commands.size());
    for (PendingCommand command : commands) {
      Place place = places.get(command.phone());
      if (place == null || place.mayGo(command)) {
        tried.add(command);
      } else {
        place.queue(command);
      }
    }
    List<Outcome> outcomes = settling.settle(tried);
    Instant now = settling.now();
    for (int i = 0; i < tried.size(); i++) {
      Place place = places.get(tried.get(i).phone());
      if (place != null) {
        place.conclude(tried.get(i), outcomes.get(i), now);
      }
    }
    return write(places);
  }

  private Map<PhoneNumber, Place> places(List<PendingCommand> commands) {
    Set<PhoneNumber> phones = HashSet.newHashSet(commands.size());
    commands.forEach(command -> phones.add(command.phone()));
    Map<PhoneNumber, WaitingLearner> loaded = waiting.load(phones);
    Map<PhoneNumber, Place> places = LinkedHashMap.newLinkedHashMap(phones.size());
    phones.forEach(phone -> places.put(phone, new Place(loaded.get(phone))));
    return places;
  }

  private List<PendingCommand> write(Map<PhoneNumber, Place> places) {
    Map<PhoneNumber, WaitingLearner> changed = new HashMap<>();
    places.forEach(
        (phone, place) -> {
          if (place.after != null && !place.after.equals(place.before)) {
            changed.put(phone, place.after);
          }
        });
    if (changed.isEmpty()) {
      return List.of();
    }
    Set<PhoneNumber> conflicts = waiting.put(changed.values());
    List<PendingCommand> again = new ArrayList<>();
    Map<PhoneNumber, RegistrationCode> asked = new HashMap<>();
    changed.forEach(
        (phone, learner) -> {
          Place place = places.get(phone);
          if (place == null) {
            return;
          }
          if (conflicts.contains(phone)) {
            // Where an opt-out went past what waits, whoever changed that is trying it.
            again.addAll(place.held);
            return;
          }
          place.held.forEach(
              command ->
                  settling.notice(new Notice.CommandWaits(command.seq(), phone, learner.reason())));
          if (place.code != null) {
            asked.put(phone, place.code);
          }
        });
    if (!asked.isEmpty()) {
      calls.await(asked);
    }
    return again;
  }

  /** What waits of one learner while commands are taken. */
  private final class Place {
    /** Null when it cannot be read. */
    private final @Nullable WaitingLearner before;

    private @Nullable WaitingLearner after;
    private final List<PendingCommand> held = new ArrayList<>();
    private @Nullable RegistrationCode code;

    Place(@Nullable WaitingLearner before) {
      this.before = before;
      this.after = before;
    }

    boolean mayGo(PendingCommand command) {
      return (before != null && before.isEmpty()) || Dialog.isOptOut(command.command(), keywords);
    }

    /** Behind what waits. */
    void queue(PendingCommand command) {
      if (after == null) {
        settling.reject(command, UNREADABLE);
      } else {
        hold(after, command);
      }
    }

    private void hold(WaitingLearner learner, PendingCommand command) {
      if (learner.holds(command)) {
        return;
      }
      if (!learner.hasRoomFor(command)) {
        settling.reject(command, TOO_MANY);
        return;
      }
      after = learner.and(command);
      held.add(command);
    }

    void conclude(PendingCommand command, Outcome outcome, Instant now) {
      WaitingLearner learner = after;
      switch (outcome) {
        case Outcome.TryLater(String reason, Outcome.Wait wait) -> {
          if (learner == null) {
            settling.reject(command, reason);
          } else {
            hold(learner.isEmpty() ? first(learner, reason, wait, now) : learner, command);
          }
        }
        case Outcome.Committed committed -> passed(learner, now);
        case Outcome.Nothing nothing -> passed(learner, now);
        case Outcome.AlreadyProcessed already -> passed(learner, now);
        case Outcome.Rejected rejected -> passed(learner, now);
      }
    }

    /** A command went past what waits, which is thereby settled: that is found when it is tried. */
    private void passed(@Nullable WaitingLearner learner, Instant now) {
      if (learner != null && !learner.isEmpty()) {
        after = learner.again(learner.attempts(), now, learner.reason());
      }
    }

    private WaitingLearner first(
        WaitingLearner learner, String reason, Outcome.Wait wait, Instant now) {
      return switch (wait) {
        case Outcome.Wait.OutOfReach unknown ->
            learner.again(1, now.plus(WaitingTurn.BACKOFF.after(1)), reason);
        case Outcome.Wait.Verdict(RegistrationCode asked) -> {
          code = asked;
          // Nothing has failed yet.
          yield learner.again(0, now.plus(calls.longest()), reason);
        }
        case Outcome.Wait.Until(Instant time) -> learner.again(0, time, reason);
      };
    }
  }
}
