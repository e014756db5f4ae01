package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.sms.SendDecision.Conclusion;
import co.stopcovid.sms.SendDecision.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due: in order for each learner, many learners at once, under a rate limit. A
 * message is written as being sent before it is handed over; what a crash or a lost answer leaves
 * in doubt is settled by asking the provider first. One thread calls {@link #step} again and again,
 * another may call {@link #handOver} between; more threads talk to the provider.
 */
public final class SmsSender {
  private static final int MOST_ATTEMPTS = 5;

  /** After a step that did nothing; an answer of the provider ends it. */
  private static final Duration IDLE_PAUSE = Duration.ofMillis(50);

  /** So many times what may be under way: those who queue come in batches. */
  private static final int CLAIMED_AHEAD = 4;

  /** How long a claim waits for its turn before no more are granted. */
  private static final Duration PROMPT = Duration.ofMillis(500);

  private static final String DIED = "the thread that talked to the provider died";

  /**
   * How far the provider's clock may be behind ours. Other messages are told apart by their ids.
   */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private final OutboundLedger ledger;
  private final SmsGateway gateway;
  private final CommandStream commands;
  private final SendDecision decision;
  private final SenderSettings settings;
  private final SendRate rate;
  private final ProviderHold hold;
  private final Consumer<Runnable> threads;
  private final InstantSource clock;

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Semaphore signals = new Semaphore(0);

  /** Messages claimed as they were queued, which are to be handed over. */
  private final Queue<LedgerEntry> claimed = new ConcurrentLinkedQueue<>();

  private final Semaphore claimSignals = new Semaphore(0);

  /** How many more may be claimed so until the next step. */
  private final AtomicInteger claimable = new AtomicInteger();

  /** Learners for whom a thread talks to the provider, or whose answer is not written yet. */
  private final Set<PhoneNumber> busy = ConcurrentHashMap.newKeySet();

  /** How many threads talk to the provider. */
  private final AtomicInteger talking = new AtomicInteger();

  /** Answers taken from the queue that still have to be written. */
  private final List<Answer> unwritten = new ArrayList<>();

  /** Knows by itself whether the provider takes our messages, and tells nobody. */
  public SmsSender(
      OutboundLedger ledger,
      SmsGateway gateway,
      CommandStream commands,
      MessageRules rules,
      SenderSettings settings,
      SendRate rate,
      Consumer<Runnable> threads,
      InstantSource clock) {
    this(
        ledger,
        gateway,
        commands,
        rules,
        settings,
        Takeover.LONG_AGO,
        rate,
        new ProviderHold(ProviderHold.Observer.NONE),
        threads,
        clock);
  }

  /**
   * @param takeover from those who sent before
   * @param hold of the provider's account, whoever sends
   * @param threads runs what it is given in a thread of its own, or at once
   */
  public SmsSender(
      OutboundLedger ledger,
      SmsGateway gateway,
      CommandStream commands,
      MessageRules rules,
      SenderSettings settings,
      Takeover takeover,
      SendRate rate,
      ProviderHold hold,
      Consumer<Runnable> threads,
      InstantSource clock) {
    this.ledger = ledger;
    this.gateway = gateway;
    this.commands = commands;
    this.decision = new SendDecision(rules, settings, takeover);
    this.settings = settings;
    this.rate = rate;
    this.hold = hold;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * What a step did.
   *
   * @param started how many messages were handed to threads
   * @param finished entries that are not open any more; those failed or parked belong into the log
   * @param wake when the next step has something to do, unless a signal comes first; empty when
   *     nothing is queued
   */
  public record Step(int started, List<LedgerEntry> finished, Optional<Instant> wake) {
    public Step {
      finished = List.copyOf(finished);
    }
  }

  /** What the provider said about an entry. */
  private sealed interface Answer {
    LedgerEntry entry();

    record Sent(LedgerEntry entry, SendResult result) implements Answer {}

    record Asked(LedgerEntry entry, boolean abandoned, SmsGateway.Lookup lookup, Set<String> known)
        implements Answer {}

    /** The claim was too old to act on. Whoever wrote the entry meanwhile knows better. */
    record NotHandedOver(LedgerEntry entry) implements Answer {}
  }

  /**
   * Writes what the provider said meanwhile, and starts on what is due. If it fails, nothing is
   * lost: the next step goes on where this one stopped.
   *
   * @param epoch of the lease that this process holds
   */
  public Step step(long epoch) {
    askProvider();
    int started = handOver();
    List<LedgerEntry> finished = new ArrayList<>(writeAnswers());
    Optional<Instant> due = ledger.nextDue();
    if (due.isPresent() && !due.get().isAfter(now())) {
      started += start(epoch, finished);
      // What ran in this thread has answered by now.
      finished.addAll(writeAnswers());
      due = ledger.nextDue();
    } else {
      hold.nothingDue();
    }
    claimable.set(room());
    boolean idle = started == 0 && finished.isEmpty();
    return new Step(started, finished, due.flatMap(next -> wake(next, idle)));
  }

  /** Whether nothing is sent, because the provider refuses us. */
  public boolean isHeld() {
    return !hold.isSending();
  }

  private void askProvider() {
    if (!hold.isToAsk(now())) {
      return;
    }
    SmsGateway.Account died = new SmsGateway.Account.NoAnswer(DIED);
    Runnable task =
        () -> {
          SmsGateway.Account account = died;
          try {
            account = gateway.account();
          } catch (RuntimeException e) {
            // A thread's outermost call.
            account = new SmsGateway.Account.NoAnswer(e.toString());
          } finally {
            hold.account(account, now());
            signals.release();
          }
        };
    try {
      threads.accept(task);
    } catch (RuntimeException | Error e) {
      // Without a thread nobody answers, and the next one is to be asked.
      hold.account(died, now());
      throw e;
    }
  }

  /**
   * Writes what the provider said meanwhile and starts nothing, for a sender that is to stop.
   *
   * @return entries that are not open any more
   */
  public List<LedgerEntry> finish() {
    giveBack();
    return writeAnswers();
  }

  private synchronized void giveBack() {
    for (LedgerEntry entry = claimed.poll(); entry != null; entry = claimed.poll()) {
      if (!busy.contains(entry.id().phone())) {
        answers.add(new Answer.NotHandedOver(entry));
      }
    }
  }

  /**
   * Claims for those who queue messages, up to what the rate and the messages under way leave room
   * for. What is claimed while a step counts can come on top of that, so at most as much again. Any
   * thread may ask.
   *
   * @param epoch of the lease that this process holds
   */
  public SendClaims claims(long epoch) {
    return (first, due) -> {
      if (claimable.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        return Optional.empty();
      }
      Optional<LedgerEntry> claim = decision.claim(first, due, epoch, now());
      if (claim.isEmpty()) {
        claimable.incrementAndGet();
      }
      return claim;
    };
  }

  /** Takes on messages that are stored as claimed. Any thread may call it. */
  public void take(List<LedgerEntry> entries) {
    if (!entries.isEmpty()) {
      claimed.addAll(entries);
      claimSignals.release();
    }
    wake();
  }

  /** As exact as ledgers keep it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Says that there may be something to do. Any thread may call it. */
  public void wake() {
    signals.release();
  }

  /** Waits for a signal: an answer of the provider, or {@link #wake}. */
  public void await(Duration longest) throws InterruptedException {
    if (signals.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS)) {
      signals.drainPermits();
    }
  }

  /** Waits for messages to {@link #handOver}. */
  public void awaitClaims(Duration longest) throws InterruptedException {
    if (claimSignals.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS)) {
      claimSignals.drainPermits();
    }
  }

  /** How many learners' messages are with the provider, or have an answer that is not written. */
  public int inFlight() {
    return busy.size();
  }

  /**
   * @param idle the step did nothing, so that what is due all the same is held by others: a thread
   *     that hangs, or another process
   */
  private Optional<Instant> wake(Instant due, boolean idle) {
    Instant now = now();
    if (talking.get() >= settings.mostInFlight() || ahead() <= 0) {
      return Optional.empty();
    }
    Instant allowed = latest(now.plus(rate.untilNext()), due);
    Instant next = idle ? latest(allowed, now.plus(IDLE_PAUSE)) : allowed;
    // An answer ends the wait that goes before it.
    return hold.wake(next).or(() -> Optional.of(latest(next, now.plus(IDLE_PAUSE))));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Answers that are not written yet count less than what is with the provider, but they count. */
  private int capacity() {
    int withProvider = settings.mostInFlight() - talking.get();
    int free = Math.max(0, Math.min(rate.available(), Math.min(withProvider, ahead())));
    return hold.allowed(free);
  }

  private int ahead() {
    return settings.mostInFlight() * CLAIMED_AHEAD - busy.size();
  }

  /**
   * How many may be claimed ahead: what the provider takes within moments. None once claims have
   * waited for their turn, since those grow old.
   */
  private int room() {
    Instant now = now();
    LedgerEntry longest = claimed.peek();
    if (!hold.isSending() || (longest != null && now.isAfter(longest.updatedTime().plus(PROMPT)))) {
      return 0;
    }
    return Math.max(0, Math.min(rate.available(), ahead()) - claimed.size());
  }

  /**
   * Hands over what is stored as claimed, as far as it may now, and does nothing else: a learner
   * waits for it. Any thread may call it.
   *
   * @return how many messages were handed to threads
   */
  public synchronized int handOver() {
    int started = 0;
    Instant now = now();
    List<LedgerEntry> early = new ArrayList<>();
    for (LedgerEntry entry = claimed.peek(); entry != null; entry = claimed.peek()) {
      boolean fresh = decision.mayHandOver(entry, now);
      if (fresh && capacity() == 0) {
        break;
      }
      claimed.remove();
      if (busy.contains(entry.id().phone())) {
        // The end of the message before is committed, and the mark is about to go. If a thread
        // hangs instead, the ledger has the claim as due later, and settles it.
        if (fresh) {
          early.add(entry);
        }
      } else if (fresh) {
        hand(entry);
        started++;
      } else {
        busy.add(entry.id().phone());
        answers.add(new Answer.NotHandedOver(entry));
      }
    }
    claimed.addAll(early);
    return started;
  }

  private void hand(LedgerEntry entry) {
    rate.take(1);
    hold.handedOver();
    var died = new Answer.Sent(entry, new SendResult.Unclear(DIED));
    run(died, () -> send(entry));
  }

  private int start(long epoch, List<LedgerEntry> finished) {
    Instant now = now();
    int limit = capacity();
    if (limit <= 0) {
      return 0;
    }
    Map<OutboundId, Task> tasks = new HashMap<>();
    List<LedgerEntry> writes = new ArrayList<>();
    for (LedgerEntry due : due(now, limit)) {
      Task task = decision.task(due, epoch, now);
      tasks.put(due.id(), task);
      switch (task) {
        case Task.Write(LedgerEntry entry) -> writes.add(entry);
        case Task.Send(LedgerEntry claim) -> writes.add(claim);
        case Task.Ask ask -> {}
      }
    }
    // Whoever else wrote these was first, so they are that one's.
    tasks.keySet().removeAll(writes.isEmpty() ? Set.of() : ledger.write(writes));
    int started = 0;
    for (Task task : tasks.values()) {
      switch (task) {
        case Task.Write(LedgerEntry entry) -> {
          if (!entry.isOpen()) {
            finished.add(entry);
          }
        }
        case Task.Send(LedgerEntry claim) -> {
          hand(claim.written());
          started++;
        }
        case Task.Ask(LedgerEntry entry, boolean abandoned) -> {
          rate.take(1);
          var died =
              new Answer.Asked(entry, abandoned, new SmsGateway.Lookup.NoAnswer(DIED), Set.of());
          run(died, () -> ask(entry, abandoned));
        }
      }
    }
    return started;
  }

  /** What a hanging thread holds is due again, and must not keep the others from being seen. */
  private List<LedgerEntry> due(Instant now, int limit) {
    List<LedgerEntry> due = ledger.due(now, limit);
    if (due.stream().anyMatch(entry -> busy.contains(entry.id().phone()))) {
      due = ledger.due(now, limit + busy.size());
    }
    return due.stream().filter(entry -> !busy.contains(entry.id().phone())).limit(limit).toList();
  }

  @FunctionalInterface
  private interface Talk {
    Answer talk();
  }

  /**
   * @param died what is known when the thread dies before its talk is over; without an answer the
   *     learner would stay busy
   */
  private void run(Answer died, Talk talk) {
    PhoneNumber phone = died.entry().id().phone();
    var begun = new AtomicBoolean();
    // Before the thread runs, whose answer takes the mark away.
    busy.add(phone);
    talking.incrementAndGet();
    Runnable task =
        () -> {
          begun.set(true);
          Answer answer = died;
          boolean isOver = false;
          try {
            answer = talk.talk();
            isOver = true;
          } finally {
            if (!isOver) {
              tellHold(died);
            }
            answers.add(answer);
            talking.decrementAndGet();
            signals.release();
          }
        };
    try {
      threads.accept(task);
    } catch (RuntimeException | Error e) {
      if (!begun.get()) {
        // Without a thread nobody answers.
        talking.decrementAndGet();
        busy.remove(phone);
        tellHold(died);
      }
      throw e;
    }
  }

  /** Whose thread died may have been the trial, for whose answer all others wait. */
  private void tellHold(Answer died) {
    if (died instanceof Answer.Sent(LedgerEntry entry, SendResult result)) {
      hold.answered(entry.id(), hold.begun(), result, now());
    }
  }

  private Answer send(LedgerEntry claim) {
    if (!hold.mayHandOver() || !decision.mayHandOver(claim, now())) {
      hold.notHandedOver();
      return new Answer.NotHandedOver(claim);
    }
    long begun = hold.begun();
    SendResult result;
    try {
      result = gateway.send(claim.id(), claim.message());
    } catch (RuntimeException e) {
      // A thread's outermost call. What a gateway with a bug did is as unknown as a lost answer.
      result = new SendResult.Unclear(e.toString());
    }
    // At once: who is about to hand over the next message is to know it.
    return new Answer.Sent(claim, hold.answered(claim.id(), begun, result, now()));
  }

  private Answer ask(LedgerEntry entry, boolean abandoned) {
    Instant since = entry.createdTime().minus(CLOCK_SKEW);
    try {
      Set<String> known = ledger.sids(entry.id().phone());
      SmsGateway.Lookup lookup = gateway.find(entry.id(), entry.message(), since);
      if (lookup instanceof SmsGateway.Lookup.AccountRefused(String reason)) {
        hold.refuse(reason, now());
      }
      return new Answer.Asked(entry, abandoned, lookup, known);
    } catch (RuntimeException e) {
      // A thread's outermost call.
      var none = new SmsGateway.Lookup.NoAnswer(e.toString());
      return new Answer.Asked(entry, abandoned, none, Set.of());
    }
  }

  /** The entries that are not open any more. */
  private List<LedgerEntry> writeAnswers() {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      unwritten.add(answer);
    }
    if (unwritten.isEmpty()) {
      return List.of();
    }
    Instant now = now();
    Map<OutboundId, Conclusion> conclusions = new HashMap<>();
    Map<OutboundId, LedgerEntry> entries = new HashMap<>();
    List<NewCommand> optOuts = new ArrayList<>();
    for (Answer answer : unwritten) {
      conclusions.put(answer.entry().id(), conclude(answer, now));
      entries.put(answer.entry().id(), answer.entry());
      if (answer instanceof Answer.Sent sent && sent.result() instanceof SendResult.OptedOut) {
        optOuts.add(RefusedMessage.optOut(answer.entry().id()));
      }
    }
    if (!optOuts.isEmpty()) {
      // Before the ledger: after a crash the message is tried again, and says the same again.
      commands.append(optOuts);
    }
    List<LedgerEntry> finished = write(entries, conclusions, now);
    unwritten.forEach(answer -> busy.remove(answer.entry().id().phone()));
    unwritten.clear();
    if (!claimed.isEmpty()) {
      claimSignals.release();
    }
    return finished;
  }

  private Conclusion conclude(Answer answer, Instant now) {
    return switch (answer) {
      case Answer.Sent(LedgerEntry entry, SendResult result) -> {
        Conclusion conclusion = decision.conclude(entry, result, hold.nextTrial(now), now);
        if (result instanceof SendResult.Busy || result instanceof SendResult.Unavailable) {
          rate.pauseFor(pause(result));
        }
        yield conclusion;
      }
      case Answer.Asked(
              LedgerEntry entry,
              boolean abandoned,
              SmsGateway.Lookup lookup,
              Set<String> known) ->
          decision.conclude(entry, abandoned, lookup, known, now);
      case Answer.NotHandedOver stale -> new Conclusion(new DeliveryEvent.PutOff(), now);
    };
  }

  /** What the provider did not take now, it will not take of other learners either. */
  private Duration pause(SendResult result) {
    Duration asked = result instanceof SendResult.Busy busyNow ? busyNow.retryAfter() : null;
    Duration pause = asked == null ? settings.firstBackoff() : asked;
    return pause.compareTo(settings.longestBackoff()) < 0 ? pause : settings.longestBackoff();
  }

  /** Where a report of the provider was first, the conclusion counts only if it still can. */
  private List<LedgerEntry> write(
      Map<OutboundId, LedgerEntry> entries, Map<OutboundId, Conclusion> conclusions, Instant now) {
    List<LedgerEntry> finished = new ArrayList<>();
    Collection<LedgerEntry> open = entries.values();
    for (int attempt = 0; !open.isEmpty() && attempt < MOST_ATTEMPTS; attempt++) {
      Map<OutboundId, LedgerEntry> changed = new HashMap<>();
      for (LedgerEntry entry : open) {
        Conclusion conclusion = conclusions.get(entry.id());
        if (conclusion != null
            && isOfThisAttempt(conclusion, entries.get(entry.id()), entry)
            && DeliveryRules.next(entry.state(), conclusion.event()).isPresent()) {
          changed.put(entry.id(), entry.after(conclusion.event(), now, conclusion.next()));
        }
      }
      Set<OutboundId> conflicts = changed.isEmpty() ? Set.of() : ledger.write(changed.values());
      changed.forEach(
          (id, entry) -> {
            if (!conflicts.contains(id) && !entry.isOpen()) {
              finished.add(entry);
            }
          });
      open = conflicts.isEmpty() ? List.of() : ledger.find(conflicts);
    }
    return finished;
  }

  /** That a message was put off, or is missing, says nothing of a later attempt by another. */
  private static boolean isOfThisAttempt(
      Conclusion conclusion, @Nullable LedgerEntry concluded, LedgerEntry stored) {
    boolean isOfOneAttempt =
        conclusion.event() instanceof DeliveryEvent.PutOff
            || conclusion.event() instanceof DeliveryEvent.FoundMissing;
    return !isOfOneAttempt
        || concluded == null
        || !(concluded.state() instanceof DeliveryState.Sending before)
        || !(stored.state() instanceof DeliveryState.Sending now)
        || before.attempt() == now.attempt();
  }
}
