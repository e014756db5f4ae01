package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link CommandStream} must do. */
public abstract class CommandStreamContract {
  private static final int WRITERS = 4;

  private final PhoneNumber ana = Samples.newLearner();

  /** The stream to be tested. Commands of other tests may be in it. */
  protected abstract CommandStream stream();

  /** The same stream as another process writes to it, where it has several. */
  protected abstract CommandStream secondStream();

  /** All commands that can be read now, as readers see them. */
  protected abstract List<SequencedCommand> commands();

  /** How many commands each writer of a race appends. */
  protected int raceRounds() {
    return 100;
  }

  @Test
  void commandsAreReadInTheOrderGivenWithTheirNumbers() {
    List<DialogCommand> given = List.of(sms("one"), sms("two"), sms("three"));

    List<SequenceNumber> numbers = append(given);

    assertThat(commandsOfAna()).extracting(SequencedCommand::command).isEqualTo(given);
    assertThat(commandsOfAna()).extracting(SequencedCommand::seq).isEqualTo(numbers);
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void numbersRiseFromCallToCall() {
    List<SequenceNumber> numbers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      numbers.addAll((i % 2 == 0 ? stream() : secondStream()).append(List.of(unnamed("x"))));
    }
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyKindOfCommandIsReadAsItWasAppended() {
    List<DialogCommand> given =
        List.of(
            new ReceiveSms(ana, "", Map.of()),
            new ReceiveSms(
                ana, "\"sí\" \\ 洗手 👍\n\t\0", Map.of("MessageSid", "SM1", "Body", "\"{}\"")),
            new DialogCommand.StartDrill(ana, new DrillSlug("01-sample")),
            new DialogCommand.TriggerReminder(ana, UUID.randomUUID(), new PromptSlug("soap")));

    append(given);

    assertThat(commandsOfAna()).extracting(SequencedCommand::command).isEqualTo(given);
  }

  @Test
  void nothingMayBeAppended() {
    assertThat(stream().append(List.of())).isEmpty();
  }

  @Test
  void aKeyThatComesAgainIsTheFirstCommand() {
    String key = "SM" + UUID.randomUUID();
    var first = new NewCommand(sms("first"), key);
    var again = new NewCommand(sms("again"), key);

    List<SequenceNumber> one = stream().append(List.of(first));

    assertThat(stream().append(List.of(again))).isEqualTo(one);
    assertThat(secondStream().append(List.of(again))).isEqualTo(one);
    assertThat(commandsOfAna()).extracting(SequencedCommand::command).containsExactly(sms("first"));
  }

  @Test
  void aKeyThatStandsTwiceInACallIsTheFirstCommandOfTheTwo() {
    String key = "SM" + UUID.randomUUID();

    List<SequenceNumber> numbers =
        stream()
            .append(
                List.of(
                    new NewCommand(sms("first"), key),
                    unnamed("between"),
                    new NewCommand(sms("again"), key),
                    unnamed("after")));

    assertThat(numbers.get(2)).isEqualTo(numbers.get(0));
    assertThat(commandsOfAna())
        .extracting(SequencedCommand::command)
        .containsExactly(sms("first"), sms("between"), sms("after"));
    assertThat(commandsOfAna())
        .extracting(SequencedCommand::seq)
        .containsExactly(numbers.get(0), numbers.get(1), numbers.get(3));
  }

  @Test
  void aRepeatedKeyAmongOthersTouchesOnlyItsOwnCommand() {
    String key = "SM" + UUID.randomUUID();
    SequenceNumber first = stream().append(List.of(new NewCommand(sms("first"), key))).getFirst();

    List<SequenceNumber> numbers =
        stream()
            .append(
                List.of(unnamed("before"), new NewCommand(sms("again"), key), unnamed("after")));

    assertThat(numbers.get(1)).isEqualTo(first);
    assertThat(commandsOfAna())
        .extracting(SequencedCommand::seq)
        .containsExactly(first, numbers.get(0), numbers.get(2));
  }

  @Test
  void withoutAKeyTheSameIsAnotherCommand() {
    List<SequenceNumber> numbers = append(List.of(sms("same"), sms("same")));

    assertThat(numbers).doesNotHaveDuplicates();
    assertThat(commandsOfAna()).hasSize(2);
  }

  @Test
  void ofTwoWhoAppendTheSameKeyBothGetTheOneNumber() throws InterruptedException {
    for (int round = 0; round < raceRounds() / 4; round++) {
      List<NewCommand> same = List.of(new NewCommand(sms("x"), "SM" + UUID.randomUUID()));

      List<List<SequenceNumber>> numbers =
          Race.run(List.of(() -> stream().append(same), () -> secondStream().append(same)));

      assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
      assertThat(commandsOfAna()).hasSize(round + 1);
    }
  }

  /** What a reader has passed must never get a command in its middle. */
  @Test
  void whoReadsWhileOthersAppendSeesNoCommandBeforeThoseItHasSeen() throws InterruptedException {
    var writing = new AtomicInteger(WRITERS);
    List<Callable<Integer>> runners = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      CommandStream stream = writer % 2 == 0 ? stream() : secondStream();
      PhoneNumber phone = Samples.newLearner();
      runners.add(
          () -> {
            try {
              for (int i = 0; i < raceRounds(); i++) {
                stream.append(List.of(new NewCommand(new ReceiveSms(phone, Integer.toString(i)))));
              }
            } finally {
              writing.decrementAndGet();
            }
            return assertInOrder(phone);
          });
    }
    runners.add(
        () -> {
          List<SequencedCommand> seen = commands();
          while (writing.get() > 0) {
            List<SequencedCommand> now = commands();
            assertThat(now.subList(0, seen.size())).isEqualTo(seen);
            seen = now;
          }
          return seen.size();
        });
    Race.run(runners);
  }

  private int assertInOrder(PhoneNumber phone) {
    assertThat(commandsOf(phone))
        .extracting(command -> ((ReceiveSms) command.command()).body())
        .isEqualTo(IntStream.range(0, raceRounds()).mapToObj(Integer::toString).toList());
    return raceRounds();
  }

  private List<SequenceNumber> append(List<DialogCommand> commands) {
    return stream().append(commands.stream().map(NewCommand::new).toList());
  }

  private DialogCommand sms(String body) {
    return new ReceiveSms(ana, body);
  }

  private NewCommand unnamed(String body) {
    return new NewCommand(sms(body));
  }

  private List<SequencedCommand> commandsOfAna() {
    return commandsOf(ana);
  }

  private List<SequencedCommand> commandsOf(PhoneNumber phone) {
    return commands().stream().filter(command -> command.phone().equals(phone)).toList();
  }
}
