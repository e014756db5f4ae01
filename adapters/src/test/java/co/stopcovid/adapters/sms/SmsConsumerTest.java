package co.stopcovid.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryOutbox;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Translations;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.SmsConsumer;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SmsConsumerTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-23T03:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-11-23T13:00:00Z");
  private static final UUID INSTANCE = UUID.fromString("7e57ed00-0000-5000-8000-000000000001");
  private static final PromptSlug NAME = new PromptSlug("name");
  private static final PromptSlug SOAP = new PromptSlug("soap");
  private static final PromptSlug FINGERS = new PromptSlug("fingers");

  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();
  private final DrillVersion drill = Samples.drill("soap");
  private final TestClock clock = new TestClock(NOON);
  private final InMemoryDrillVersions drills = new InMemoryDrillVersions();
  private final InMemoryOutbox outbox = new InMemoryOutbox(Duration.ofSeconds(3));
  private final Map<PhoneNumber, List<EventBatch>> history = new HashMap<>();
  private final EventHistory stored =
      (phone, version, limit) ->
          history.getOrDefault(phone, List.of()).stream()
              .filter(batch -> batch.version() > version)
              .limit(limit)
              .toList();

  private SmsConsumer consumer(MessageRules rules) {
    drills.put(List.of(drill));
    var texts = new EngineTexts(translations(), Samples.TABLES);
    return new SmsConsumer(
        outbox,
        stored,
        drills,
        new MessageWriter(texts),
        (phone, profile) -> Set.of(NEW_YORK),
        rules,
        clock);
  }

  private static Translations translations() {
    return new Translations(
        Map.of(
            Language.ENGLISH,
            Map.of(
                "user_validation_failed",
                "Ask for your code.",
                "match_correct_answer",
                "Right!",
                "incorrect_answer",
                "No.",
                "corrected_answer",
                "It is {{correct_answer}}",
                "drill_reminder",
                "Hello?",
                "your_company",
                "your company")));
  }

  /** The next batch of a learner, now; it is in the history too. */
  private EventBatch batch(PhoneNumber phone, DialogEvent... events) {
    return batch(phone, UserProfile.NEW.withValidation(false, AccountInfo.NONE), events);
  }

  private EventBatch batch(PhoneNumber phone, UserProfile after, DialogEvent... events) {
    List<EventBatch> before = history.computeIfAbsent(phone, key -> new ArrayList<>());
    long version = before.size() + 1L;
    var batch =
        new EventBatch(
            phone,
            SequenceNumber.of(version),
            version,
            clock.instant(),
            after,
            Arrays.asList(events));
    before.add(batch);
    return batch;
  }

  private DialogEvent started(PromptSlug prompt) {
    return new DrillStarted(clock.instant(), INSTANCE, drill, prompt);
  }

  private DialogEvent started(PromptSlug prompt, StartCause cause) {
    return new DrillStarted(clock.instant(), INSTANCE, drill, prompt, cause);
  }

  private DialogEvent said(AdHocText text, boolean reply) {
    return new AdHocMessageSent(clock.instant(), text, reply, reply ? null : "maria");
  }

  private EventBatch optOut(boolean confirmed) {
    return batch(
        ana, UserProfile.NEW.withOptedOut(true), new OptedOut(clock.instant(), null, confirmed));
  }

  private DialogEvent completed(PromptSlug prompt) {
    return new CompletedPrompt(clock.instant(), INSTANCE, prompt, "soap");
  }

  private DialogEvent failed(PromptSlug prompt) {
    return new FailedPrompt(clock.instant(), INSTANCE, prompt, "sand", false);
  }

  private DialogEvent advanced(PromptSlug prompt) {
    return new AdvancedToNextPrompt(clock.instant(), INSTANCE, prompt);
  }

  private DialogEvent notValidated() {
    return new UserValidationFailed(clock.instant());
  }

  private LedgerEntry entry(PhoneNumber phone, long version, int index) {
    List<LedgerEntry> found = outbox.find(List.of(new OutboundId(phone, version, index)));
    assertThat(found).as("message %d-%d", version, index).hasSize(1);
    return found.getFirst();
  }

  private List<LedgerEntry> entries(PhoneNumber phone) {
    List<OutboundId> ids = new ArrayList<>();
    for (long version = 1; version <= 500; version++) {
      for (int index = 0; index < 5; index++) {
        ids.add(new OutboundId(phone, version, index));
      }
    }
    return outbox.find(ids);
  }

  private List<String> texts(PhoneNumber phone) {
    return entries(phone).stream().map(entry -> String.valueOf(entry.message().body())).toList();
  }

  @Test
  void messagesAreQueuedInOrderAndThreeSecondsApart() {
    SmsConsumer.Report report =
        consumer(MessageRules.DEFAULT)
            .handle(
                List.of(
                    batch(ana, started(NAME)),
                    batch(ben, started(SOAP)),
                    batch(ana, completed(NAME), advanced(SOAP))));

    assertThat(texts(ana))
        .containsExactly(
            "Welcome to your company!", "What is your name?", "What do you need besides water?");
    assertThat(entries(ana))
        .extracting(LedgerEntry::notBefore)
        .containsExactly(NOON, NOON.plusSeconds(3), NOON.plusSeconds(6));
    assertThat(entries(ana))
        .extracting(LedgerEntry::kind)
        .containsExactly(MessageKind.START, MessageKind.START, MessageKind.REPLY);
    assertThat(entry(ben, 1, 0).notBefore()).isEqualTo(NOON);
    assertThat(report.queued()).isEqualTo(4);
    assertThat(report.failed()).isEmpty();
  }

  /** A picture is longer on its way than the text after it would be. */
  @Test
  void whatFollowsOnAPictureWaitsTenSeconds() {
    consumer(MessageRules.DEFAULT)
        .handle(
            List.of(
                batch(ana, started(NAME)),
                batch(ana, completed(NAME), advanced(new PromptSlug("done"))),
                batch(ana, started(SOAP))));

    assertThat(texts(ana))
        .containsExactly(
            "Welcome to your company!",
            "What is your name?",
            "Well done",
            "null",
            "What do you need besides water?");
    assertThat(entries(ana))
        .extracting(LedgerEntry::notBefore)
        .containsExactly(
            NOON,
            NOON.plusSeconds(3),
            NOON.plusSeconds(6),
            NOON.plusSeconds(9),
            NOON.plusSeconds(19));
  }

  @Test
  void withoutAGapThereIsNoneAfterAPicture() {
    consumer(MessageRules.DEFAULT.withGap(Duration.ZERO))
        .handle(
            List.of(
                batch(ana, started(NAME)),
                batch(ana, completed(NAME), advanced(new PromptSlug("done"))),
                batch(ana, started(SOAP))));
    assertThat(entries(ana)).extracting(LedgerEntry::notBefore).containsOnly(NOON);
  }

  @Test
  void aRepeatedBatchIsSkipped() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    EventBatch first = batch(ana, started(SOAP));
    EventBatch second = batch(ana, failed(SOAP));
    consumer.handle(List.of(first, first));
    consumer.handle(List.of(first, second));

    assertThat(consumer.handle(List.of(first, second)).queued()).isZero();
    assertThat(texts(ana)).containsExactly("What do you need besides water?", "Try again.");
  }

  @Test
  void aGapIsFilledFromTheHistory() {
    batch(ana, started(SOAP));
    batch(ana, failed(SOAP));
    EventBatch third = batch(ana, completed(SOAP), advanced(FINGERS));
    consumer(MessageRules.DEFAULT).handle(List.of(third));

    assertThat(texts(ana))
        .containsExactly(
            "What do you need besides water?",
            "Try again.",
            "Right!",
            "Where else?\na) The elbow\nb) Between the fingers");
  }

  @Test
  void aLearnerWhoCannotBeWrittenToIsReportedAndTheOthersGoOn() {
    batch(ana, started(SOAP));
    EventBatch second = batch(ana, failed(SOAP));
    List<EventBatch> kept = List.copyOf(history.get(ana));
    history.remove(ana);
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    SmsConsumer.Report report = consumer.handle(List.of(second, batch(ben, started(SOAP))));

    assertThat(report.failed()).containsOnlyKeys(ana);
    assertThat(texts(ana)).isEmpty();
    assertThat(texts(ben)).hasSize(1);

    history.put(ana, kept);
    assertThat(consumer.handle(List.of(second)).failed()).isEmpty();
    assertThat(texts(ana)).hasSize(2);
  }

  @Test
  void whatCannotBeRenderedKeepsWhatCameBeforeIt() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    SmsConsumer.Report report =
        consumer.handle(List.of(batch(ana, notValidated()), batch(ana, failed(SOAP))));

    assertThat(report.failed()).containsOnlyKeys(ana);
    assertThat(texts(ana)).containsExactly("Ask for your code.");
  }

  @Test
  void theDrillUnderWayIsKnownToTheNextConsumer() {
    consumer(MessageRules.DEFAULT).handle(List.of(batch(ana, started(SOAP))));
    consumer(MessageRules.DEFAULT).handle(List.of(batch(ana, failed(SOAP))));

    assertThat(texts(ana)).contains("Try again.");
  }

  @Test
  void aStartInTheNightWaitsForTheMorning() {
    clock.set(NIGHT);
    consumer(MessageRules.DEFAULT).handle(List.of(batch(ana, started(NAME))));

    assertThat(entries(ana))
        .extracting(LedgerEntry::notBefore)
        .containsExactly(MORNING, MORNING.plusSeconds(3));
  }

  @Test
  void anAnswerGoesOutInTheNight() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(List.of(batch(ana, started(SOAP))));
    clock.set(NIGHT);
    consumer.handle(List.of(batch(ana, failed(SOAP))));

    assertThat(entry(ana, 2, 0).notBefore()).isEqualTo(NIGHT);
  }

  @ParameterizedTest
  @EnumSource
  void theCauseOfAStartSaysWhetherItIsAnAnswerThatGoesOutInTheNight(StartCause cause) {
    clock.set(NIGHT);
    consumer(MessageRules.DEFAULT).handle(List.of(batch(ana, started(SOAP, cause))));

    boolean isAnswer = cause == StartCause.REGISTERED || cause == StartCause.REQUESTED;
    assertThat(entry(ana, 1, 0).notBefore()).isEqualTo(isAnswer ? NIGHT : MORNING);
    assertThat(entry(ana, 1, 0).kind()).isEqualTo(isAnswer ? MessageKind.REPLY : MessageKind.START);
  }

  @Test
  void wordsOfAPersonWaitForTheMorningAndAnAnswerOfTheEngineDoesNot() {
    clock.set(NIGHT);
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(
        List.of(
            batch(ana, said(new AdHocText.Message("The kitchen is closed."), false)),
            batch(ben, said(new AdHocText.Label("help"), true))));

    assertThat(entry(ana, 1, 0).kind()).isEqualTo(MessageKind.NOTE);
    assertThat(entry(ana, 1, 0).notBefore()).isEqualTo(MORNING);
    assertThat(entry(ben, 1, 0).kind()).isEqualTo(MessageKind.REPLY);
    assertThat(entry(ben, 1, 0).notBefore()).isEqualTo(NIGHT);
  }

  @Test
  void whoOptsOutInOtherWordsIsToldOnceAndNotAgain() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(List.of(optOut(false), optOut(false), optOut(true)));
    assertThat(texts(ana)).containsExactly("Engine: opted_out");

    EventBatch back = batch(ana, new NextDrillRequested(clock.instant()));
    consumer.handle(List.of(back, optOut(true), batch(ana, notValidated()), optOut(false)));
    assertThat(texts(ana))
        .as("confirmed by the provider, then by the engine")
        .containsExactly("Engine: opted_out", "Ask for your code.", "Engine: opted_out");
  }

  @Test
  void aLearnerWhoWritesInTheNightGetsWhatWasHeldBack() {
    clock.set(NIGHT);
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(
        List.of(
            batch(ana, started(SOAP)),
            batch(ana, new ReminderTriggered(clock.instant(), INSTANCE, SOAP))));
    assertThat(entry(ana, 2, 0).kind()).isEqualTo(MessageKind.REMINDER);
    clock.advance(Duration.ofHours(2));
    Instant later = clock.instant();
    consumer.handle(List.of(batch(ana, failed(SOAP))));

    assertThat(entry(ana, 1, 0).notBefore()).isEqualTo(later);
    assertThat(entry(ana, 1, 0).kind()).isEqualTo(MessageKind.REPLY);
    assertThat(entry(ana, 2, 0).state()).isInstanceOf(Failed.class);
    assertThat(entry(ana, 3, 0).notBefore()).isBetween(later, later.plusSeconds(3));
  }

  @Test
  void whoOptsOutGetsNothingMore() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(List.of(batch(ana, started(NAME))));
    consumer.handle(
        List.of(
            batch(ana, completed(NAME), advanced(SOAP)),
            batch(ana, new OptedOut(clock.instant(), INSTANCE, true))));

    assertThat(entries(ana))
        .hasSize(3)
        .allSatisfy(
            entry ->
                assertThat(entry.state()).isEqualTo(new Failed(null, "the learner opted out")));

    consumer.handle(
        List.of(batch(ana, new NextDrillRequested(clock.instant())), batch(ana, started(SOAP))));
    assertThat(entry(ana, 5, 0).state()).isEqualTo(DeliveryState.Queued.NEW);
  }

  /** What cannot be written may wait; a wish to get nothing more cannot. */
  @Test
  void anOptOutBehindABatchThatCannotBeWrittenCounts() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(List.of(batch(ana, started(NAME)), batch(ben, started(NAME))));
    EventBatch strange = batch(ana, advanced(new PromptSlug("of-another-drill")));
    EventBatch optOut = batch(ana, new OptedOut(clock.instant(), INSTANCE, true));
    SmsConsumer.Report report = consumer.handle(List.of(strange, optOut));

    assertThat(report.failed()).containsOnlyKeys(ana);
    assertThat(entries(ana))
        .hasSize(2)
        .allSatisfy(
            entry ->
                assertThat(entry.state()).isEqualTo(new Failed(null, "the learner opted out")));
    assertThat(outbox.cursors(Set.of(ana)).get(ana)).extracting(SmsCursor::version).isEqualTo(1L);
    assertThat(entries(ben)).allMatch(LedgerEntry::isOpen);
  }

  @Test
  void anOptOutBehindAGapInTheHistoryCounts() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(List.of(batch(ana, started(SOAP))));
    batch(ana, failed(SOAP));
    EventBatch optOut = batch(ana, new OptedOut(clock.instant(), INSTANCE, true));
    List<EventBatch> kept = List.copyOf(history.get(ana));
    history.remove(ana);

    assertThat(consumer.handle(List.of(optOut)).failed()).containsOnlyKeys(ana);
    assertThat(entries(ana)).hasSize(1).noneMatch(LedgerEntry::isOpen);

    history.put(ana, kept);
    assertThat(consumer.handle(List.of(optOut)).failed()).isEmpty();
    assertThat(entries(ana)).hasSize(2).noneMatch(LedgerEntry::isOpen);
  }

  @Test
  void aLongHistoryIsCaughtUpWith() {
    batch(ana, started(SOAP));
    for (int i = 0; i < 250; i++) {
      batch(ana, failed(SOAP));
    }
    SmsConsumer.Report report = consumer(MessageRules.DEFAULT.withLimits(1_000, 200)).catchUp(ana);

    assertThat(report.failed()).isEmpty();
    assertThat(report.queued()).isEqualTo(201);
    assertThat(report.parked()).hasSize(50);
    assertThat(entries(ana)).hasSize(251);
  }

  @Test
  void aHistoryThatCannotBeCaughtUpWithIsReported() {
    batch(ana, started(SOAP));
    for (int i = 0; i < 150; i++) {
      batch(ana, failed(SOAP));
    }
    batch(ana, advanced(new PromptSlug("of-another-drill")));
    SmsConsumer.Report report = consumer(MessageRules.DEFAULT).catchUp(ana);

    assertThat(report.failed()).containsOnlyKeys(ana);
    assertThat(entries(ana)).hasSize(151);
  }

  /** A start of the evening counts for the next day; a reply must not let that be forgotten. */
  @Test
  void theDaysLimitHoldsWhereADayIsCountedAhead() {
    clock.set(NIGHT);
    SmsConsumer consumer = consumer(MessageRules.DEFAULT.withLimits(3, 100));
    SmsConsumer.Report report =
        consumer.handle(
            List.of(
                batch(ana, started(NAME)),
                batch(ana, completed(NAME), advanced(SOAP)),
                batch(ana, failed(SOAP))));

    assertThat(report.parked())
        .extracting(LedgerEntry::id)
        .containsExactly(new OutboundId(ana, 3, 0));
  }

  @Test
  void messagesBeyondTheDaysLimitAreParked() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT.withLimits(3, 100));
    SmsConsumer.Report report =
        consumer.handle(
            List.of(
                batch(ana, started(NAME)),
                batch(ana, completed(NAME), advanced(SOAP)),
                batch(ana, failed(SOAP)),
                batch(ben, started(SOAP))));

    assertThat(report.parked())
        .extracting(LedgerEntry::id)
        .containsExactly(new OutboundId(ana, 3, 0));
    assertThat(report.queued()).isEqualTo(4);
    assertThat(entry(ana, 3, 0).state()).isInstanceOf(Parked.class);

    clock.advance(Duration.ofDays(1));
    assertThat(consumer.handle(List.of(batch(ana, failed(SOAP)))).parked()).isEmpty();
  }

  @Test
  void twoMachinesThatTalkToEachOtherAreStopped() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT.withLimits(1_000, 5));
    List<Boolean> parked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clock.advance(Duration.ofSeconds(10));
      parked.add(!consumer.handle(List.of(batch(ana, notValidated()))).parked().isEmpty());
    }
    assertThat(parked).containsExactly(false, false, false, false, false, true, true, true);
    assertThat(outbox.parked(10)).hasSize(3);

    // As long as the other one goes on, it stays like that.
    clock.advance(Duration.ofMinutes(59));
    assertThat(consumer.handle(List.of(batch(ana, notValidated()))).parked()).hasSize(1);
    clock.advance(Duration.ofMinutes(61));
    assertThat(consumer.handle(List.of(batch(ana, notValidated()))).parked()).isEmpty();
  }

  @Test
  void aPersonWhoRepliesNowAndThenIsNoMachine() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT.withLimits(1_000, 5));
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofMinutes(3));
      assertThat(consumer.handle(List.of(batch(ana, notValidated()))).parked()).isEmpty();
    }
  }

  @Test
  void messagesExpireByTheirKind() {
    SmsConsumer consumer = consumer(MessageRules.DEFAULT);
    consumer.handle(
        List.of(
            batch(ana, started(SOAP)),
            batch(ana, new ReminderTriggered(clock.instant(), INSTANCE, SOAP))));

    assertThat(entry(ana, 1, 0).expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(24)));
    assertThat(entry(ana, 2, 0).expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(12)));
  }

  @Test
  void twoConsumersOfTheSameBatchesQueueEachMessageOnce() throws Exception {
    SmsConsumer one = consumer(MessageRules.DEFAULT);
    SmsConsumer other = consumer(MessageRules.DEFAULT);
    List<EventBatch> batches = new ArrayList<>();
    batches.add(batch(ana, started(SOAP)));
    for (int i = 0; i < 50; i++) {
      batches.add(batch(ana, failed(SOAP)));
    }
    List<Callable<Integer>> runs =
        List.of(() -> handleOneByOne(one, batches), () -> handleOneByOne(other, batches));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      int queued = 0;
      for (Future<Integer> run : threads.invokeAll(runs)) {
        queued += run.get();
      }
      assertThat(queued).isEqualTo(51);
    }
    assertThat(entries(ana)).hasSize(51);
  }

  private static int handleOneByOne(SmsConsumer consumer, List<EventBatch> batches) {
    int queued = 0;
    for (EventBatch batch : batches) {
      SmsConsumer.Report report = consumer.handle(List.of(batch));
      assertThat(report.failed()).isEmpty();
      queued += report.queued();
    }
    return queued;
  }
}
