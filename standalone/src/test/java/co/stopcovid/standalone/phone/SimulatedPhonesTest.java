package co.stopcovid.standalone.phone;

import static co.stopcovid.standalone.phone.PhoneWorld.ANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatedPhonesTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final PhoneWorld world = new PhoneWorld();
  private final PhoneInbox inbox = new PhoneInbox(world.commands, world.phones);

  /** A process that dies while it hands a message over, before or after the phone has it. */
  private record Dying(SimulatedPhones phones, boolean after) implements SmsGateway {
    @Override
    public SendResult send(OutboundId id, OutboundMessage message) {
      if (after) {
        phones.send(id, message);
      }
      throw new StackOverflowError("killed");
    }

    @Override
    public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
      throw new StackOverflowError("killed");
    }
  }

  private PhoneStream connect(PhoneCursor cursor) {
    return new PhoneStream(world.phones.connect(ANA).orElseThrow(), world.log, world.clock, cursor);
  }

  private PhoneStream connect() {
    return connect(PhoneCursor.START);
  }

  private static List<String> texts(List<PhoneStream.Step> steps) {
    return steps.stream().map(step -> text(step.message())).toList();
  }

  private static String text(PhoneMessage message) {
    return switch (message) {
      case PhoneMessage.Written written -> "> " + written.body();
      case PhoneMessage.Arrived arrived -> String.valueOf(arrived.content().body());
    };
  }

  private static List<String> live(PhoneStream stream) throws InterruptedException {
    List<PhoneStream.Step> steps = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stream.next(AT_ONCE).ifPresent(steps::add);
    }
    return texts(steps);
  }

  @Test
  void whatIsSentAppearsOnceHoweverOftenItIsSent() throws Exception {
    PhoneStream phone = connect();
    PhoneStream other =
        new PhoneStream(
            world.phones.connect(new PhoneNumber("+12025550124")).orElseThrow(),
            world.log,
            world.clock,
            PhoneCursor.START);
    OutboundId id = world.call("Hello").getFirst();
    world.send();
    SendResult again = world.phones.send(id, new OutboundMessage("Hello", null));

    assertThat(live(phone)).containsExactly("Hello");
    assertThat(live(other)).isEmpty();
    assertThat(world.state(id))
        .isEqualTo(new DeliveryState.Sent(((SendResult.Accepted) again).sid()));
    assertThat(texts(phone.missed())).isEmpty();
  }

  @Test
  void twoMessagesOfOneTextAreTwo() throws Exception {
    PhoneStream phone = connect();
    world.say("Hello");
    world.say("Hello");

    assertThat(live(phone)).containsExactly("Hello", "Hello");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMessageOfAKilledProcessIsNeitherLostNorDoubled(boolean shownBefore) throws Exception {
    PhoneStream before = connect();
    OutboundId id = world.call("Hello").getFirst();
    assertThatThrownBy(() -> world.send(new Dying(world.phones, shownBefore)))
        .isInstanceOf(StackOverflowError.class);
    assertThat(world.state(id)).isInstanceOf(DeliveryState.Sending.class);
    List<PhoneStream.Step> shown = before.next(AT_ONCE).stream().toList();
    assertThat(shown).hasSize(shownBefore ? 1 : 0);

    world.phones = new SimulatedPhones(world.clock);
    PhoneStream fresh = connect();
    PhoneStream resumed = shown.isEmpty() ? connect() : connect(shown.getFirst().cursor());
    assertThat(fresh.history()).isEmpty();
    assertThat(resumed.history()).isEmpty();
    world.clock.advance(Duration.ofSeconds(60));
    world.send();

    assertThat(world.state(id)).isInstanceOf(DeliveryState.Sent.class);
    assertThat(live(fresh)).containsExactly("Hello");
    assertThat(live(resumed)).hasSize(shownBefore ? 0 : 1);
    assertThat(fresh.missed()).isEmpty();
    assertThat(resumed.missed()).isEmpty();
    assertThat(texts(connect().history())).containsExactly("Hello");
  }

  /** The second message was called for before the learner wrote, but sent after that. */
  @Test
  void aPhoneGoesOnWhereItWas() throws Exception {
    PhoneStream phone = connect();
    world.call("One", "Two");
    world.send();
    inbox.take(ANA, "k1", "hi");
    world.clock.advance(Duration.ofSeconds(1));
    world.work();
    PhoneStream.Step one = phone.next(AT_ONCE).orElseThrow();
    PhoneStream.Step hi = phone.next(AT_ONCE).orElseThrow();
    assertThat(texts(List.of(one, hi))).containsExactly("One", "> hi");
    world.clock.advance(Duration.ofSeconds(3));
    world.send();

    assertThat(texts(connect(hi.cursor()).history())).containsExactly("Two");
    assertThat(texts(connect(one.cursor()).history())).containsExactly("> hi", "Two");
    assertThat(texts(connect().history())).containsExactly("One", "> hi", "Two");
    assertThat(PhoneCursor.parse(hi.cursor().toString())).contains(hi.cursor());
  }

  @Test
  void onlyWhatHasArrivedIsShown() {
    world.call("One", "Two");
    assertThat(connect().history()).isEmpty();
    world.send();
    assertThat(texts(connect().history())).containsExactly("One");
  }

  @Test
  void whatWasNeverLiveIsFoundInTheLog() throws Exception {
    PhoneStream phone = connect();
    inbox.take(ANA, "k1", "hi");
    live(phone);
    world.commands.append(List.of(new NewCommand(new ReceiveSms(ANA, "over the API"))));
    world.work();

    assertThat(texts(phone.missed())).containsExactly("> over the API");
    assertThat(phone.missed()).isEmpty();
  }

  @Test
  void aRepeatedMessageOfTheLearnerIsOne() throws Exception {
    PhoneStream phone = connect();
    SequenceNumber first = inbox.take(ANA, "k1", "hi");
    SequenceNumber second = inbox.take(ANA, "k1", "hi");
    inbox.take(ANA, "k2", "hi");
    inbox.take(new PhoneNumber("+12025550124"), "k1", "hi");

    assertThat(second).isEqualTo(first);
    assertThat(world.commands.all()).hasSize(3);
    assertThat(live(phone)).containsExactly("> hi", "> hi");
  }

  @Test
  void aSlowPhoneIsCutOffAndLosesNothing() throws Exception {
    PhoneLine line = world.phones.connect(ANA).orElseThrow();
    int sent = PhoneLine.MOST_WAITING + 1;
    for (int i = 0; i < sent; i++) {
      world.say("Text " + i);
    }

    assertThat(line.isOpen()).isFalse();
    assertThat(line.next(Duration.ofDays(1))).isEmpty();
    assertThat(world.phones.connected()).isZero();
    var shown = new PhoneCursor(SequenceNumber.ZERO, 1, 0);
    assertThat(connect(shown).history()).hasSize(sent - 1);
    assertThat(connect().history()).hasSize(PhoneStream.TAIL);
  }

  @Test
  void thereAreNotTooManyPhones() {
    List<PhoneLine> lines = new ArrayList<>();
    for (int i = 0; i < SimulatedPhones.MOST_LINES_OF_ONE_PHONE; i++) {
      lines.add(world.phones.connect(ANA).orElseThrow());
    }
    assertThat(world.phones.connect(ANA)).isEmpty();
    lines.getFirst().close();
    lines.getFirst().close();
    assertThat(world.phones.connect(ANA)).isPresent();

    int more = SimulatedPhones.MOST_LINES - world.phones.connected();
    for (int i = 0; i < more; i++) {
      assertThat(world.phones.connect(new PhoneNumber("+120255501" + (30 + i / 10)))).isPresent();
    }
    assertThat(world.phones.connect(new PhoneNumber("+12025550199"))).isEmpty();
    world.phones.close();
    assertThat(world.phones.connected()).isZero();
    assertThat(world.phones.connect(ANA)).isEmpty();
  }
}
