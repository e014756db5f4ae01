package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.postgres.Checkpoint;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Fence;
import co.stopcovid.adapters.postgres.FencedOffException;
import co.stopcovid.adapters.postgres.PositionLog;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.adapters.postgres.PostgresCommandLog.Entry;
import co.stopcovid.adapters.postgres.PostgresWaitingCommands;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.adapters.report.LoggedNotices;
import co.stopcovid.common.Failure;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.drills.Keywords;
import co.stopcovid.running.CommandIntake;
import co.stopcovid.running.CommandRetry;
import co.stopcovid.running.CommandSettling;
import co.stopcovid.running.Halves;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.running.RawCommand;
import co.stopcovid.running.RememberedWaiting;
import co.stopcovid.running.WaitingLearner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the log, hundreds at a time, and has them settled: states, batches,
 * checkpoint, dead letters and commands to be tried later are one transaction behind the fence, so
 * that a crash at any moment loses nothing and does nothing twice. What is done with a command is
 * {@link CommandIntake}'s and {@link CommandRetry}'s. Used by one thread.
 */
public final class DialogWorker {
  public static final String CONSUMER = "dialog";

  private static final Logger LOG = LoggerFactory.getLogger(DialogWorker.class);
  private static final int MOST_AT_ONCE = 1_000;

  private final Database database;
  private final Fence fence;
  private final PostgresCommandLog log;
  private final Checkpoint checkpoint;
  private final RememberedWaiting waiting;
  private final CommandSettling settling;
  private final CommandIntake intake;
  private final CommandRetry retry;
  private final Consumer<List<HandledCommand>> observer;
  private final Consumer<List<HandledCommand>> companion;
  private final AwaitedCodes codes;

  /** What was settled in the transaction under way. */
  private final List<HandledCommand> handled = new ArrayList<>();

  private boolean isObserved = true;

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
        settled -> {},
        new AwaitedCodes());
  }

  /**
   * @param observer told of every outcome within the transaction, which it can join; what it throws
   *     fails the transaction
   * @param companion told of all outcomes of a transaction at its end; when it fails, the commands
   *     are taken again without it
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
      Consumer<List<HandledCommand>> companion,
      AwaitedCodes codes) {
    this.database = database;
    this.fence = fence;
    this.log = log;
    this.checkpoint = new Checkpoint(database, CONSUMER, PositionLog.COMMANDS);
    var stored = new PostgresWaitingCommands(database);
    this.waiting = new RememberedWaiting(stored, stored::turns);
    this.settling =
        new CommandSettling(
            engine::handle, deadLetters::add, this::observe, new LoggedNotices(LOG), clock);
    this.intake = new CommandIntake(settling, waiting, keywords, codes);
    // One command of a learner a transaction, so that one that makes it fail can be told.
    this.retry = new CommandRetry(settling, waiting, keywords, codes, 1);
    this.observer = observer;
    this.companion = companion;
    this.codes = codes;
  }

  /**
   * Takes what is due, at most one batch of it.
   *
   * @return how much was taken; when 0 there is nothing to do now
   * @throws FencedOffException when another process has taken over; nothing was committed
   * @throws StorageException when the database fails; call again later
   */
  public int work() {
    try {
      return retryDue() + takeNew();
    } catch (RuntimeException e) {
      checkpoint.forget();
      throw e;
    }
  }

  /** How many learners wait for a command to be tried again. */
  public int waitingLearners() {
    return waiting.size();
  }

  private int takeNew() {
    List<Entry> entries = log.after(checkpoint.position(), MOST_AT_ONCE);
    process(
        entries.stream().map(DialogWorker::command).toList(),
        this::take,
        (command, failure) -> {
          settling
              .read(List.of(command), DialogWorker::read)
              .forEach(read -> settling.giveUp(read, failure));
          advance(command);
        });
    return entries.size();
  }

  private void take(List<RawCommand> commands) {
    intake.take(settling.read(commands, DialogWorker::read));
    advance(commands.getLast());
  }

  private void advance(RawCommand last) {
    checkpoint.advance(last.seq().value().longValueExact());
  }

  private int retryDue() {
    waiting.wake(codes.released());
    List<WaitingLearner> due = retry.due();
    process(due, retry::retry, retry::giveUpFirst);
    return due.size();
  }

  /**
   * Takes items in one transaction, with the companion; when that fails, alone, and then in halves,
   * until the culprit is found. An outage of what comes along alone must not stop the dialogs; one
   * of all comes again.
   */
  private <T> void process(
      List<T> items, Consumer<List<T>> take, BiConsumer<T, Throwable> culprit) {
    if (items.isEmpty()) {
      return;
    }
    try {
      unit(
          () -> {
            take.accept(items);
            if (!handled.isEmpty()) {
              companion.accept(List.copyOf(handled));
            }
          });
    } catch (RuntimeException | StackOverflowError e) {
      if (Failure.kindOf(e) == Failure.Kind.CONFLICT) {
        throw e;
      }
      LOG.warn("commands are taken alone: first={}", items.getFirst(), e);
      new Halves<T>(
              some -> unit(() -> take.accept(some)),
              (item, failure) -> giveUp(() -> culprit.accept(item, failure)))
          .take(items);
    }
  }

  /** It may be the observer that a command makes fail: without it the command can be given up. */
  private void giveUp(Runnable work) {
    try {
      unit(work);
    } catch (RuntimeException | StackOverflowError e) {
      if (Failure.kindOf(e).mayPass()) {
        throw e;
      }
      LOG.error("a command that is given up is not observed", e);
      isObserved = false;
      try {
        unit(work);
      } finally {
        isObserved = true;
      }
    }
  }

  private void unit(Runnable work) {
    handled.clear();
    try {
      database.unit(
          fence,
          () -> {
            work.run();
            return 0;
          });
    } catch (RuntimeException | Error e) {
      // What is remembered may not be what was committed.
      waiting.forget();
      throw e;
    }
  }

  private void observe(List<HandledCommand> settled) {
    if (!isObserved) {
      return;
    }
    handled.addAll(settled);
    observer.accept(settled);
  }

  private static RawCommand command(Entry entry) {
    DialogCommand command = entry.command();
    return new RawCommand(
        SequenceNumber.of(entry.position()),
        entry.payload(),
        command == null ? null : new NewCommand(command));
  }

  private static NewCommand read(String payload) {
    return new NewCommand(CommandCodec.decode(payload));
  }
}
