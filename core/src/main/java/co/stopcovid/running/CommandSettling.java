package co.stopcovid.running;

import co.stopcovid.common.Failure;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Has commands decided, and sees to what came of them: what can never succeed goes whole to the
 * dead letters, and every outcome to an observer. When a method returns, all of that is as safe as
 * the caller's transaction, or for good where there is none.
 */
public final class CommandSettling {
  private final Function<List<SequencedCommand>, List<Outcome>> decisions;
  private final Consumer<List<DeadLetter>> deadLetters;
  private final Consumer<List<HandledCommand>> observer;
  private final Consumer<Notice> notices;
  private final InstantSource clock;

  /**
   * @param decisions gives an outcome for each command, in the same order
   * @param observer told of outcomes; what it throws fails the call
   */
  public CommandSettling(
      Function<List<SequencedCommand>, List<Outcome>> decisions,
      Consumer<List<DeadLetter>> deadLetters,
      Consumer<List<HandledCommand>> observer,
      Consumer<Notice> notices,
      InstantSource clock) {
    this.decisions = decisions;
    this.deadLetters = deadLetters;
    this.observer = observer;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * Reads commands. A malformed one goes to the dead letters as it is.
   *
   * @param reader of a payload; throws a {@link Failure} of the kind {@code DATA} for a malformed
   *     one
   * @return those that can be read, in the same order
   */
  public List<PendingCommand> read(List<RawCommand> commands, Function<String, NewCommand> reader) {
    List<PendingCommand> read = new ArrayList<>(commands.size());
    List<DeadLetter> malformed = new ArrayList<>();
    for (RawCommand raw : commands) {
      try {
        NewCommand known = raw.command();
        NewCommand command = known != null ? known : reader.apply(raw.payload());
        var sequenced = new SequencedCommand(raw.seq(), command.command());
        read.add(new PendingCommand(sequenced, raw.payload(), command.idempotencyKey()));
      } catch (RuntimeException e) {
        if (Failure.kindOf(e) != Failure.Kind.DATA) {
          throw e;
        }
        notices.accept(new Notice.CommandMalformed(raw.seq(), String.valueOf(e.getMessage())));
        malformed.add(letter(raw.seq().toString(), raw.payload(), "malformed: " + e.getMessage()));
      }
    }
    bury(malformed);
    return read;
  }

  /**
   * Settles commands, those of a learner in the order given.
   *
   * @return an outcome for each, in the same order
   */
  List<Outcome> settle(List<PendingCommand> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    List<Outcome> outcomes =
        decisions.apply(commands.stream().map(PendingCommand::sequenced).toList());
    List<DeadLetter> letters = new ArrayList<>();
    List<HandledCommand> handled = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      PendingCommand command = commands.get(i);
      if (outcomes.get(i) instanceof Outcome.Rejected(String reason)) {
        letters.add(rejected(command, reason));
      }
      handled.add(new HandledCommand(command.sequenced(), outcomes.get(i)));
    }
    bury(letters);
    observer.accept(handled);
    return outcomes;
  }

  /** A command that failed for a reason of its own and can never succeed. */
  public void giveUp(PendingCommand command, Throwable failure) {
    notices.accept(new Notice.CommandFailed(command.seq(), failure));
    reject(command, failed(failure).reason());
  }

  /** A command that can never succeed. */
  void reject(PendingCommand command, String reason) {
    bury(List.of(rejected(command, reason)));
    observer.accept(List.of(new HandledCommand(command.sequenced(), new Outcome.Rejected(reason))));
  }

  /** What a failure says of a learner's data can hold some of it. */
  static Outcome.Rejected failed(Throwable failure) {
    return new Outcome.Rejected("failed: " + failure.getClass().getName());
  }

  private DeadLetter rejected(PendingCommand command, String reason) {
    notices.accept(new Notice.CommandRejected(command.seq(), reason));
    return letter(command.seq().toString(), command.payload(), reason);
  }

  private DeadLetter letter(String seq, String payload, String reason) {
    return new DeadLetter(DeadLetter.COMMANDS, seq, payload, reason, now());
  }

  private void bury(List<DeadLetter> letters) {
    if (!letters.isEmpty()) {
      deadLetters.accept(letters);
    }
  }

  void notice(Notice notice) {
    notices.accept(notice);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
