package co.stopcovid.aws.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

class KinesisFaultsTest {
  private static final int TRIES = 4;

  private final ScriptedKinesis kinesis = new ScriptedKinesis();
  private final List<Duration> waits = new ArrayList<>();
  private final CommandKeys keys =
      new InMemoryCommandKeys(Duration.ofHours(1), InstantSource.system());
  private final KinesisCommandStream stream = stream(keys);
  private final PhoneNumber ana = Samples.newLearner();
  private final PhoneNumber ben = Samples.newLearner();

  private KinesisCommandStream stream(CommandKeys keys) {
    var backoff = new Retries(TRIES, Duration.ofMillis(50), Duration.ofSeconds(1), waits::add);
    return new KinesisCommandStream(kinesis, "commands", keys, backoff);
  }

  @Test
  void onlyWhatFailedGoesAgain() {
    kinesis.refuse("two", "InternalFailure", 1);

    List<SequenceNumber> numbers =
        stream.append(
            List.of(sms(ana, "one"), sms(ben, "two"), sms(Samples.newLearner(), "three")));

    assertThat(kinesis.requests)
        .extracting(request -> request.records().size())
        .containsExactly(3, 1);
    assertThat(bodies()).containsExactly("one", "three", "two");
    assertThat(numbers.get(0)).isLessThan(numbers.get(2));
    assertThat(numbers.get(2)).isLessThan(numbers.get(1));
    assertThat(waits).hasSize(1);
  }

  @Test
  void noCommandOvertakesAnEarlierOneOfItsLearner() {
    kinesis.refuse("ana 1", ScriptedKinesis.THROTTLED, 2);
    kinesis.refuse("ana 2", ScriptedKinesis.THROTTLED, 1);

    List<SequenceNumber> numbers =
        stream.append(
            List.of(
                sms(ana, "ana 1"),
                sms(ben, "ben 1"),
                sms(ana, "ana 2"),
                sms(ana, "ana 3"),
                sms(ben, "ben 2")));

    assertThat(bodies()).filteredOn(body -> body.startsWith("ana")).isSorted();
    assertThat(bodies()).filteredOn(body -> body.startsWith("ben")).isSorted();
    assertThat(bodies()).hasSize(5);
    assertThat(List.of(numbers.get(0), numbers.get(2), numbers.get(3))).isSorted();
  }

  @Test
  void noRequestHoldsTwoCommandsOfALearner() {
    stream.append(List.of(sms(ana, "1"), sms(ana, "2"), sms(ben, "1"), sms(ana, "3")));

    assertThat(kinesis.requests)
        .allSatisfy(
            request ->
                assertThat(request.records())
                    .extracting(PutRecordsRequestEntry::partitionKey)
                    .doesNotHaveDuplicates());
  }

  /** Else Kinesis promises no more than coarse order for what comes soon after. */
  @Test
  void aLearnersNextCommandNamesTheNumberOfTheOneBefore() {
    List<SequenceNumber> numbers =
        stream.append(List.of(sms(ana, "1"), sms(ana, "2"), sms(ana, "3")));

    assertThat(kinesis.followers)
        .extracting(request -> request.sequenceNumberForOrdering())
        .containsExactly(numbers.get(0).toString(), numbers.get(1).toString());
  }

  @Test
  void aThrottledRequestGoesAgain() {
    kinesis.throttledRequests = TRIES - 1;

    assertThat(stream.append(List.of(sms(ana, "one")))).hasSize(1);
    assertThat(waits).hasSize(TRIES - 1);
  }

  @Test
  void whenNothingIsTakenForTooLongThatIsOverload() {
    kinesis.throttledRequests = TRIES;

    assertThatThrownBy(() -> stream.append(List.of(sms(ana, "one"), sms(ben, "two"))))
        .isInstanceOf(OverloadedException.class);
    assertThat(waits).hasSize(TRIES - 1);
    assertThat(kinesis.records).isEmpty();
  }

  @Test
  void somethingElseThatFailsForTooLongIsNoOverload() {
    kinesis.refuse("one", "InternalFailure", TRIES);

    assertThatThrownBy(() -> stream.append(List.of(sms(ana, "one"))))
        .isInstanceOf(UnwrittenCommandsException.class)
        .hasMessageContaining("InternalFailure");
  }

  @Test
  void whereSomeWereWrittenTheRestIsTold() {
    kinesis.refuse("two", ScriptedKinesis.THROTTLED, 100);

    assertThatThrownBy(() -> stream.append(List.of(sms(ana, "one"), sms(ben, "two"))))
        .isInstanceOfSatisfying(
            UnwrittenCommandsException.class,
            e -> {
              assertThat(e.written()).isEqualTo(1);
              assertThat(e.unwritten()).isEqualTo(1);
            });
  }

  /** As long as something goes in, the stream is slow, not stuck. */
  @Test
  void progressBeginsTheCountOfTriesAnew() {
    for (int i = 0; i < TRIES + 2; i++) {
      kinesis.refuse("n" + i + "n", ScriptedKinesis.THROTTLED, i + 1);
    }

    List<NewCommand> commands =
        IntStream.range(0, TRIES + 2)
            .mapToObj(i -> sms(Samples.newLearner(), "n" + i + "n"))
            .toList();

    assertThat(stream.append(commands)).hasSize(TRIES + 2);
  }

  @Test
  void aRequestHoldsAtMostFiveHundredRecords() {
    List<NewCommand> commands =
        Samples.newLearners(1_100).stream().map(phone -> sms(phone, "x")).toList();

    assertThat(stream.append(commands)).hasSize(1_100).isSorted();
    assertThat(kinesis.requests)
        .extracting(request -> request.records().size())
        .containsExactly(500, 500, 100);
  }

  @Test
  void aRequestHoldsAtMostFiveMebibytes() {
    Map<String, String> form = Map.of("Long", "x".repeat(90_000), "Longer", "y".repeat(90_000));
    List<NewCommand> commands =
        Samples.newLearners(60).stream()
            .map(phone -> new NewCommand(new ReceiveSms(phone, "x", form)))
            .toList();

    stream.append(commands);

    assertThat(kinesis.requests).hasSizeGreaterThan(2);
    assertThat(kinesis.requests)
        .allSatisfy(
            request ->
                assertThat(
                        request.records().stream()
                            .mapToInt(
                                entry ->
                                    entry.data().asByteArrayUnsafe().length
                                        + entry.partitionKey().length())
                            .sum())
                    .isLessThanOrEqualTo(5 * 1024 * 1024));
    assertThat(kinesis.records).hasSize(60);
  }

  @Test
  void aCommandTooLongForARecordIsRefusedBeforeAnythingIsWritten() {
    Map<String, String> form = Map.of("Long", "x".repeat(CommandRecords.LONGEST));

    assertThatThrownBy(
            () ->
                stream.append(
                    List.of(sms(ben, "one"), new NewCommand(new ReceiveSms(ana, "x", form)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(kinesis.records).isEmpty();
  }

  @Test
  void whatIsAppendedAgainAfterACrashBeforeTheClaimIsTheFirstThatClaims() {
    KinesisCommandStream dying = stream(new CrashingKeys(keys));
    NewCommand command = sms(ana, "one", "SM1");
    assertThatThrownBy(() -> dying.append(List.of(command)))
        .isInstanceOf(IllegalStateException.class);

    SequenceNumber again = stream.append(List.of(command)).getFirst();

    assertThat(kinesis.records).hasSize(2);
    assertThat(keys.find(Set.of("SM1"))).isEqualTo(Map.of("SM1", again));
    assertThat(stream.append(List.of(command))).containsExactly(again);
    assertThat(kinesis.records).hasSize(2);
  }

  /** Finds nothing, as a process that looks before the other claims. */
  @Test
  void whoComesSecondGetsTheNumberOfTheHolder() {
    SequenceNumber first = stream.append(List.of(sms(ana, "one", "SM1"))).getFirst();

    List<SequenceNumber> second =
        stream(new BlindKeys(keys)).append(List.of(sms(ana, "one", "SM1")));

    assertThat(second).containsExactly(first);
    assertThat(kinesis.records).hasSize(2);
  }

  /** Is gone before a claim is made. */
  private record CrashingKeys(CommandKeys keys) implements CommandKeys {
    @Override
    public Map<String, SequenceNumber> find(Set<String> wanted) {
      return keys.find(wanted);
    }

    @Override
    public Map<String, SequenceNumber> claim(Map<String, SequenceNumber> numbers) {
      throw new IllegalStateException("crashed");
    }
  }

  private record BlindKeys(CommandKeys keys) implements CommandKeys {
    @Override
    public Map<String, SequenceNumber> find(Set<String> wanted) {
      return Map.of();
    }

    @Override
    public Map<String, SequenceNumber> claim(Map<String, SequenceNumber> numbers) {
      return keys.claim(numbers);
    }
  }

  private List<String> bodies() {
    return kinesis.records.stream()
        .map(record -> CommandRecords.decode(record.getBytes(UTF_8)))
        .map(command -> ((ReceiveSms) command.command()).body())
        .toList();
  }

  private static NewCommand sms(PhoneNumber phone, String body) {
    return sms(phone, body, null);
  }

  private static NewCommand sms(PhoneNumber phone, String body, @Nullable String key) {
    return new NewCommand(new ReceiveSms(phone, body, Map.of()), key);
  }
}
