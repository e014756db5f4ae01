package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.adapters.postgres.PositionLog;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresDeferredCommands;
import co.stopcovid.adapters.postgres.PostgresDeferredCommands.Deferred;
import co.stopcovid.adapters.postgres.PostgresDeferredCommands.Waiting;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.common.Backoff;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.dialog.WrongCodes;
import co.stopcovid.drills.Keywords;
import co.stopcovid.standalone.workers.CommandBatch.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the log, hundreds at a time, and turns them into committed events. States,
 * batches, checkpoint, dead letters and commands to be tried later are one transaction behind the
 * fence, so a crash at any moment loses nothing and does nothing twice.
 *
 * <p>A learner with a command that has to wait waits as a whole, in the order of the commands, save
 * for an opt-out. What cannot be processed goes whole to the dead letters and stops nobody. Used by
 * one thread.
 */
public final class DialogWorker {
  public static final String CONSUMER = "dialog";

  private static final Logger LOG = LoggerFactory.getLogger(DialogWorker.class);
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_LEARNERS_AT_ONCE = 100;
  private static final int MOST_OF_ONE_LEARNER = 50;

  /** With the longest wait between them about a week. */
  private static final int MOST_ATTEMPTS = 2_000;

  /** For an answer that should wake the learner: this long only when it was lost in a crash. */
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final Database database;
  private final Fence fence;
  private final PostgresCommandLog log;
  private final Checkpoint checkpoint;
  private final PostgresDeferredCommands deferred;
  private final DeadLetters deadLetters;
  private final DialogEngine engine;
  private final Keywords keywords;
  private final InstantSource clock;
  private final Consumer<List<HandledCommand>> observer;
  private final @Nullable Consumer<List<HandledCommand>> companion;
  private final AwaitedCodes codes;

  /** Learners with commands in {@link #deferred}: what is stored there, while the fence is open. */
  private final Map<PhoneNumber, Waiting> waiting = new HashMap<>();

  private boolean recalled;

  /** One without a companion, whose registration codes are known at once. */
  public DialogWorker(
      Database database,
      Fence fence,
      PostgresCommandLog log,
      DeadLetters deadLetters,
      DialogEngine engine,
      Keywords keywords,
      InstantSource clock,
      Consumer<List<HandledCommand>> observer) {
    this(
        database,
        fence,
        log,
        deadLetters,
        engine,
        keywords,
        clock,
        observer,
        null,
        new AwaitedCodes());
  }

  /**
   * @param observer told of every outcome within the transaction, which it can join; what it throws
   *     fails the transaction
   * @param companion told of the same; when it fails, the commands are taken again without it; null
   *     for none
   * @param codes told when the registration service has answered about a code
   */
  public DialogWorker(
      Database database,
      Fence fence,
      PostgresCommandLog log,
      DeadLetters deadLetters,
      DialogEngine engine,
      Keywords keywords,
      InstantSource clock,
      Consumer<List<HandledCommand>> observer,
      @Nullable Consumer<List<HandledCommand>> companion,
      AwaitedCodes codes) {
    this.database = database;
    this.fence = fence;
    this.log = log;
    this.checkpoint = new Checkpoint(database, CONSUMER, PositionLog.COMMANDS);
    this.deferred = new PostgresDeferredCommands(database);
    this.deadLetters = deadLetters;
    this.engine = engine;
    this.keywords = keywords;
    this.clock = clock;
    this.observer = observer;
    this.companion = companion;
    this.codes = codes;
  }

  /**
   * Takes what is due, at most one batch of it.
   *
   * @return how many commands were taken; when 0 there is nothing to do now
   * @throws FencedOffException when another process has taken over; nothing was committed
   * @throws StorageException when the database fails; call again later
   */
  public int work() {
    try {
      if (!recalled) {
        recall();
      }
      return retryDue() + takeNew();
    } catch (RuntimeException e) {
      // What is remembered may not be what was committed.
      recalled = false;
      checkpoint.forget();
      throw e;
    }
  }

  /** How many learners wait for a command to be tried again. */
  public int waitingLearners() {
    return waiting.size();
  }

  private void recall() {
    waiting.clear();
    deferred.learners().forEach(learner -> waiting.put(learner.phone(), learner));
    recalled = true;
  }

  private int takeNew() {
    List<PostgresCommandLog.Entry> entries = log.after(checkpoint.position(), MOST_AT_ONCE);
    if (entries.isEmpty()) {
      return 0;
    }
    process(CommandBatch.of(entries), false, companion);
    return entries.size();
  }

  private int retryDue() {
    if (waiting.isEmpty()) {
      return 0;
    }
    Instant now = clock.instant();
    codes.released().forEach(phone -> waiting.computeIfPresent(phone, (p, w) -> w.dueAt(now)));
    List<PhoneNumber> due =
        waiting.values().stream()
            .filter(learner -> isDue(learner, now))
            .sorted(Comparator.comparing(Waiting::notBefore))
            .limit(MOST_LEARNERS_AT_ONCE)
            .map(Waiting::phone)
            .toList();
    if (due.isEmpty()) {
      return 0;
    }
    List<Item> items = new ArrayList<>();
    for (Deferred command : deferred.first(due, MOST_OF_ONE_LEARNER)) {
      items.add(Item.of(new PostgresCommandLog.Entry(command.position(), command.payload(), null)));
    }
    if (!items.isEmpty()) {
      process(new CommandBatch(items), true, companion);
    }
    return items.size();
  }

  /**
   * A batch that fails for a reason of its own is taken without the companion, then in halves,
   * until the culprit is found.
   */
  private void process(
      CommandBatch batch, boolean again, @Nullable Consumer<List<HandledCommand>> with) {
    Plan plan;
    try {
      plan = database.unit(fence, () -> handle(batch, again, with));
    } catch (FencedOffException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      if (with != null) {
        // An outage of what comes along alone must not stop the dialogs; one of all comes again.
        LOG.warn("commands are taken alone: seq={}", batch.lastPosition(), e);
        process(batch, again, null);
        return;
      }
      if (e instanceof StorageException outage && !outage.isAboutTheData()) {
        throw outage;
      }
      if (batch.size() > 1) {
        process(batch.firstHalf(), again, null);
        process(batch.secondHalf(), again, null);
        return;
      }
      LOG.error("command failed and goes to the dead letters: seq={}", batch.lastPosition(), e);
      String reason = "failed: " + e.getClass().getName();
      plan = database.unit(fence, () -> giveUp(batch, again, reason));
    }
    plan.remember();
  }

  private Plan handle(
      CommandBatch batch, boolean again, @Nullable Consumer<List<HandledCommand>> with) {
    var plan = new Plan(again);
    List<Item> taken = new ArrayList<>(batch.size());
    List<SequencedCommand> commands = new ArrayList<>(batch.size());
    for (Item item : batch.items()) {
      SequencedCommand command = item.command();
      if (command == null) {
        plan.reject(item, item.fault());
      } else if (!again && mustQueue(command)) {
        plan.queue(item, command.phone(), "an earlier message of this learner waits");
      } else if (!again || !plan.isPostponed(command.phone())) {
        // Postponed by the first half of this batch: what comes later must not be taken before it.
        taken.add(item);
        commands.add(command);
      }
    }
    List<Outcome> outcomes = commands.isEmpty() ? List.of() : engine.handle(commands);
    List<HandledCommand> handled = new ArrayList<>(taken.size());
    for (int i = 0; i < taken.size(); i++) {
      plan.settle(taken.get(i), commands.get(i).phone(), outcomes.get(i));
      handled.add(new HandledCommand(commands.get(i), outcomes.get(i)));
    }
    plan.write(batch.lastPosition());
    observer.accept(handled);
    if (with != null) {
      with.accept(handled);
    }
    return plan;
  }

  private Plan giveUp(CommandBatch batch, boolean again, String reason) {
    var plan = new Plan(again);
    plan.reject(batch.items().getFirst(), reason);
    plan.write(batch.lastPosition());
    return plan;
  }

  /** One that is to wait longer than any is put off waits for a clock that was set back. */
  private static boolean isDue(Waiting learner, Instant now) {
    // Who waits without a failure sent too many wrong codes.
    Duration wait =
        learner.attempts() == 0 ? WrongCodes.LONGEST_PAUSE : BACKOFF.after(learner.attempts());
    Duration longest = wait.compareTo(LONGEST_QUESTION) > 0 ? wait : LONGEST_QUESTION;
    return !learner.notBefore().isAfter(now) || learner.notBefore().isAfter(now.plus(longest));
  }

  private boolean mustQueue(SequencedCommand command) {
    return waiting.containsKey(command.phone()) && !Dialog.isOptOut(command.command(), keywords);
  }

  /** What a batch comes to beside its events. */
  private final class Plan {
    private final boolean again;
    private final Instant now = clock.instant();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<Deferred> added = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();
    private final Map<PhoneNumber, Waiting> postponed = new LinkedHashMap<>();
    private final Map<PhoneNumber, RegistrationCode> asked = new HashMap<>();
    private final Map<PhoneNumber, Boolean> touched = new LinkedHashMap<>();

    Plan(boolean again) {
      this.again = again;
    }

    boolean isPostponed(PhoneNumber phone) {
      Waiting learner = waiting.get(phone);
      return learner != null && !isDue(learner, now);
    }

    void reject(Item item, String reason) {
      letters.add(
          new DeadLetter(
              DeadLetter.COMMANDS, Long.toString(item.position()), item.payload(), reason, now));
      done.add(item.position());
      SequencedCommand command = item.command();
      if (command != null) {
        touched.put(command.phone(), true);
      }
    }

    void settle(Item item, PhoneNumber phone, Outcome outcome) {
      switch (outcome) {
        case Outcome.Committed committed -> settled(item, phone);
        case Outcome.Nothing nothing -> settled(item, phone);
        case Outcome.AlreadyProcessed already -> settled(item, phone);
        case Outcome.Rejected(String reason) -> reject(item, reason);
        case Outcome.TryLater later -> putOff(item, phone, later);
      }
    }

    private void settled(Item item, PhoneNumber phone) {
      done.add(item.position());
      touched.put(phone, true);
    }

    private void putOff(Item item, PhoneNumber phone, Outcome.TryLater later) {
      Waiting before = waiting.get(phone);
      int attempts = again && before != null ? before.attempts() + 1 : 1;
      if (attempts > MOST_ATTEMPTS && !postponed.containsKey(phone)) {
        reject(item, "tried %d times: %s".formatted(attempts, later.reason()));
        return;
      }
      switch (later.until()) {
        case Outcome.Wait.OutOfReach unknown ->
            postpone(new Waiting(phone, attempts, now.plus(BACKOFF.after(attempts))));
        case Outcome.Wait.Verdict(RegistrationCode code) -> {
          // Nothing has failed yet.
          postpone(new Waiting(phone, attempts - 1, now.plus(LONGEST_QUESTION)));
          asked.put(phone, code);
        }
        case Outcome.Wait.Until(Instant time) -> postpone(new Waiting(phone, 0, time));
      }
      if (!again) {
        queue(item, phone, later.reason());
      }
    }

    private void postpone(Waiting learner) {
      postponed.putIfAbsent(learner.phone(), learner);
    }

    void queue(Item item, PhoneNumber phone, String reason) {
      added.add(new Deferred(item.position(), phone, item.payload(), reason));
    }

    private Waiting due(PhoneNumber phone) {
      Waiting planned = postponed.get(phone);
      return planned != null ? planned : waiting.getOrDefault(phone, new Waiting(phone, 1, now));
    }

    void write(long last) {
      deadLetters.add(letters);
      deferred.add(added, this::due);
      if (again) {
        deferred.delete(done);
        deferred.postpone(postponed.values());
      } else {
        checkpoint.advance(last);
      }
    }

    /** Takes over into memory what is committed now. */
    void remember() {
      if (again) {
        touched.keySet().forEach(waiting::remove);
        still(touched.keySet()).forEach(learner -> waiting.put(learner.phone(), learner));
      } else {
        // An opt-out went past what waits, which is thereby settled.
        touched
            .keySet()
            .forEach(phone -> waiting.computeIfPresent(phone, (p, learner) -> learner.dueAt(now)));
      }
      waiting.putAll(postponed);
      asked.forEach((phone, code) -> codes.await(code, phone));
    }

    /** Learners of whom more waits than was taken. */
    private List<Waiting> still(Collection<PhoneNumber> phones) {
      return deferred.first(phones, 1).stream()
          .map(command -> new Waiting(command.phone(), 0, now))
          .toList();
    }
  }
}
