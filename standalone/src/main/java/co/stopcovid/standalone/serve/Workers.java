package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.Lease;
import co.stopcovid.adapters.postgres.OpenClaims;
import co.stopcovid.adapters.postgres.PostgresOutboundLedger;
import co.stopcovid.adapters.postgres.PostgresOutboundQueue;
import co.stopcovid.adapters.postgres.QueuedMessages;
import co.stopcovid.adapters.postgres.RememberedCursors;
import co.stopcovid.adapters.postgres.RememberedDialogs;
import co.stopcovid.adapters.twilio.TwilioErrors;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.progress.Whereabouts;
import co.stopcovid.running.HandledCommand;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.InboundLog;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundQueue;
import co.stopcovid.sms.SendRate;
import co.stopcovid.sms.SenderSettings;
import co.stopcovid.sms.SmsConsumer;
import co.stopcovid.sms.SmsSender;
import co.stopcovid.standalone.schedule.Schedules;
import co.stopcovid.standalone.workers.ClockWatch;
import co.stopcovid.standalone.workers.DialogWorker;
import co.stopcovid.standalone.workers.Leadership;
import co.stopcovid.standalone.workers.MessageQueue;
import co.stopcovid.standalone.workers.ProgressSide;
import co.stopcovid.standalone.workers.ProgressWorker;
import co.stopcovid.standalone.workers.SenderWorker;
import co.stopcovid.standalone.workers.Signal;
import co.stopcovid.standalone.workers.SmsWorker;
import co.stopcovid.standalone.workers.WorkLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the process that works, all behind one lease: the dialogs, the messages that they
 * call for, their sending, and progress. They end when another process takes over.
 */
final class Workers implements Leadership.Work {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** How often to look for what another process has written. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** Progress is not what a learner waits for, save after asking for the next drill. */
  private static final WorkLoop.Gathering PROGRESS =
      new WorkLoop.Gathering(Duration.ofMillis(10), 200);

  /** Progress appends within a transaction, which the server ends when it stands for 5 s. */
  private static final Duration APPEND = Duration.ofSeconds(3);

  /** Without a provider nothing is on its way for long. */
  private static final SenderSettings SIMULATED =
      new SenderSettings(
          SenderSettings.DEFAULT.mostInFlight(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ZERO,
          SenderSettings.DEFAULT.firstBackoff(),
          SenderSettings.DEFAULT.longestBackoff());

  private final Parts parts;
  private final Lease lease;
  private final Runnable whenFencedOff;
  private final QueuedMessages queued = new QueuedMessages();
  private final OpenClaims claims = new OpenClaims();
  private final OutboundQueue outbound;
  private final Signal progressSignal = new Signal();
  private final ExecutorService gatewayThreads = Executors.newVirtualThreadPerTaskExecutor();

  private final List<WorkLoop> loops = new ArrayList<>();

  /** What is to be closed, the first to be closed first. */
  private final List<AutoCloseable> running = new ArrayList<>();

  private volatile @Nullable Schedules schedules;

  /** What is to be mended when the clock is set back. */
  private final List<Runnable> whenSetBack = new ArrayList<>();

  private Workers(Parts parts, Lease lease, Runnable whenFencedOff) {
    this.parts = parts;
    this.lease = lease;
    this.whenFencedOff = whenFencedOff;
    Database database = parts.stores().database();
    this.outbound =
        new RememberedCursors(
            new PostgresOutboundQueue(database, parts.config().rules().gap(), queued, claims),
            database);
  }

  /**
   * Starts them.
   *
   * @param whenFencedOff told when another process has taken over; must not wait for the workers
   */
  static Workers start(Parts parts, Lease lease, Runnable whenFencedOff) {
    var workers = new Workers(parts, lease, whenFencedOff);
    try {
      workers.startAll();
      return workers;
    } catch (RuntimeException | Error e) {
      // Else those that run would go on, beside the next ones.
      workers.close();
      throw e;
    }
  }

  private void startAll() {
    SmsSender sender = sender();
    startDialog(sender);
    startMessages(sender);
    // After those who give it work, so that it is stopped after them.
    startSender(sender);
    startProgress();
    startClockWatch();
  }

  private void startClockWatch() {
    var watch = new ClockWatch(parts.clock(), System::nanoTime, List.copyOf(whenSetBack));
    loop("clock", watch::look, new Signal());
  }

  private void loop(String name, WorkLoop.Work work, Signal signal) {
    loop(name, work, signal, WorkLoop.Gathering.NONE);
  }

  private void loop(String name, WorkLoop.Work work, Signal signal, WorkLoop.Gathering gathering) {
    var loop = new WorkLoop(name, work, signal, POLL, gathering, whenFencedOff);
    loops.add(loop);
    running.add(loop);
  }

  private void startDialog(SmsSender sender) {
    Stores stores = parts.stores();
    Teaching teaching = parts.teaching();
    var engine =
        new DialogEngine(
            new RememberedDialogs(stores.dialogs(), stores.database()),
            stores.drillVersions(),
            teaching.drills(),
            parts.registration(),
            teaching.keywords(),
            parts.clock(),
            parts.config().codeTries());
    var inbound = new InboundLog(stores.messages(), parts.clock());
    var worker =
        new DialogWorker(
            stores.database(),
            lease,
            stores.commands(),
            stores.deadLetters(),
            engine,
            teaching.keywords(),
            parts.clock(),
            handled -> {
              inbound.take(
                  handled.stream().map(HandledCommand::command).toList(),
                  handled.stream().map(HandledCommand::outcome).toList());
              parts.metrics().observe(handled);
            },
            queue(sender)::takeAlong,
            parts.awaitedCodes());
    loop(
        "dialog",
        () -> {
          long start = System.nanoTime();
          int taken = worker.work();
          if (taken > 0) {
            parts.metrics().batch(Duration.ofNanos(System.nanoTime() - start));
            progressSignal.raise();
          }
          return taken;
        },
        parts.commandsSignal());
  }

  /** One for each thread. */
  private MessageQueue queue(SmsSender sender) {
    Stores stores = parts.stores();
    var consumer =
        new SmsConsumer(
            outbound,
            stores.dialogs(),
            stores.drillVersions(),
            new MessageWriter(parts.teaching().drills()::texts),
            (phone, profile) ->
                parts.hours().zones(Whereabouts.of(phone, profile), parts.clock().instant()),
            parts.config().rules(),
            sender.claims(lease.epoch()),
            parts.clock());
    return new MessageQueue(stores.database(), consumer, sender::take);
  }

  /** It follows the dialog worker, which has queued the messages already if nothing failed. */
  private void startMessages(SmsSender sender) {
    Stores stores = parts.stores();
    var worker =
        new SmsWorker(
            stores.database(),
            lease,
            stores.feed(),
            stores.deadLetters(),
            queue(sender),
            parts.clock());
    loop(
        "messages",
        () -> {
          int taken = worker.work();
          if (taken > 0) {
            sender.wake();
          }
          return taken;
        },
        new Signal());
  }

  private SmsSender sender() {
    var ledger =
        new PostgresOutboundLedger(
            parts.stores().database(), lease, parts.config().rules().gap(), queued, claims);
    Instant now = parts.clock().instant();
    ledger.takeOver(lease.epoch(), now);
    // Whoever sent before may have had another clock.
    ledger.countAnew(now);
    whenSetBack.add(() -> ledger.countAnew(parts.clock().instant()));
    SenderSettings settings = parts.config().twilio() == null ? SIMULATED : SenderSettings.DEFAULT;
    return new SmsSender(
        ledger,
        parts.gateway(),
        parts.stores().commands(),
        parts.config().rules(),
        settings,
        settings.takeover(parts.isDead().test(lease.former()), now),
        new SendRate(parts.config().rate(), System::nanoTime),
        parts.hold(),
        gatewayThreads::execute,
        parts.clock());
  }

  private void startSender(SmsSender sender) {
    var worker = new SenderWorker(sender, lease.epoch(), parts.clock(), this::count);
    loop("hand-over", worker::handOver, new Signal());
    loop("sender", worker::work, new Signal());
    running.add(worker);
  }

  private void count(List<LedgerEntry> finished) {
    for (LedgerEntry entry : finished) {
      parts.metrics().message(entry.kind(), entry.state());
      if (entry.state() instanceof DeliveryState.Failed(String sid, String reason)
          && sid == null
          && TwilioErrors.codeIn(reason).isPresent()) {
        parts.metrics().notDelivered(reason);
      }
      if (entry.kind() == MessageKind.REPLY && entry.id().index() == 0) {
        Duration taken = Duration.between(entry.createdTime(), entry.updatedTime());
        // Negative when the clock was set back meanwhile.
        parts.metrics().handedOver(taken.isNegative() ? Duration.ZERO : taken);
      }
    }
  }

  private void startProgress() {
    Stores stores = parts.stores();
    var progress =
        new ProgressSide(
            stores.database(),
            lease,
            stores.drillVersions(),
            stores.tail(),
            stores.commands().within(APPEND),
            parts.teaching().drills(),
            parts.hours(),
            parts.config().schedule().progress(),
            parts.clock());
    loop("progress", new ProgressWorker(progress)::work, progressSignal, PROGRESS);
    Schedules started =
        Schedules.start(
            progress,
            stores.commands(),
            stores.database(),
            lease,
            parts.connections(),
            parts.config().schedule(),
            parts.clock(),
            whenFencedOff);
    schedules = started;
    running.add(started);
    whenSetBack.add(started::countAnew);
  }

  /** Runs what is due by the clock and waits until it is done; see {@link Schedules#runDue}. */
  void runDue() throws InterruptedException {
    Schedules started = schedules;
    if (started != null) {
      started.runDue();
    }
  }

  /** The names of those that fail again and again. */
  List<String> failing() {
    List<String> failing =
        new ArrayList<>(loops.stream().filter(WorkLoop::isFailing).map(WorkLoop::name).toList());
    Schedules started = schedules;
    if (started != null) {
      failing.addAll(started.failing());
    }
    return List.copyOf(failing);
  }

  @Override
  public boolean isAlive() {
    return loops.stream().allMatch(WorkLoop::isAlive);
  }

  /** Lets the work under way come to its end. */
  @Override
  @SuppressWarnings("CatchingUnchecked") // One that does not end well must not keep the others.
  public void close() {
    for (AutoCloseable part : running) {
      try {
        part.close();
      } catch (Throwable e) {
        LOG.error("a worker did not stop as it should", e);
      }
    }
    gatewayThreads.shutdownNow();
  }
}
