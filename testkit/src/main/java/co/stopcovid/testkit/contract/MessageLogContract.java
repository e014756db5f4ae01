package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.ReceivedMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link MessageLog} must do. */
public abstract class MessageLogContract extends OutboxContract {
  /** As large as Kinesis makes them. */
  private static final SequenceNumber LARGE =
      SequenceNumber.parse("49590338271490256608559692538361571095921575989136588898");

  /** The log to be tested, with the messages of the queue. */
  protected abstract MessageLog log();

  private static ReceivedMessage received(
      PhoneNumber phone, SequenceNumber seq, long second, boolean unhandled) {
    return new ReceivedMessage(
        phone,
        seq,
        at(second),
        "SM" + second,
        "+1202555010" + Math.floorMod(second, 2),
        "¿Qué? 😀 \"" + second,
        List.of("https://example.org/a.png?x=1", "https://example.org/b"),
        unhandled);
  }

  @Test
  void aConversationComesNewestFirst() {
    enqueue(ana, 1, entry(ana, 1, 0, at(0)), entry(ana, 1, 1, at(3)));
    enqueue(ben, 1, entry(ben, 1, 0, at(0)));
    ReceivedMessage first = received(ana, SequenceNumber.of(9), -10, false);
    ReceivedMessage last = received(ana, SequenceNumber.of(10), 10, true);
    log().receive(List.of(first, last, received(ben, LARGE, 5, false)));

    assertThat(log().conversation(ana, at(11), 10))
        .containsExactly(
            new LoggedMessage.Inbound(last),
            new LoggedMessage.Outbound(stored(ana, 1, 1)),
            new LoggedMessage.Outbound(stored(ana, 1, 0)),
            new LoggedMessage.Inbound(first));
    assertThat(log().conversation(ana, at(11), 2))
        .containsExactly(
            new LoggedMessage.Inbound(last), new LoggedMessage.Outbound(stored(ana, 1, 1)));
    assertThat(log().conversation(ana, at(11), 1)).containsExactly(new LoggedMessage.Inbound(last));
    assertThat(log().conversation(ana, at(10), 1))
        .containsExactly(new LoggedMessage.Outbound(stored(ana, 1, 1)));
    assertThat(log().conversation(ana, at(0), 10))
        .containsExactly(new LoggedMessage.Inbound(first));
    assertThat(log().conversation(ana, at(-10), 10)).isEmpty();
  }

  @Test
  void whatIsThereStaysAsItIs() {
    log().receive(List.of(received(ana, LARGE, 1, true)));
    log().receive(List.of(received(ana, LARGE, 2, false), received(ana, LARGE.next(), 3, true)));

    assertThat(log().conversation(ana, at(9), 10))
        .containsExactly(
            new LoggedMessage.Inbound(received(ana, LARGE.next(), 3, true)),
            new LoggedMessage.Inbound(received(ana, LARGE, 1, true)));
    log().receive(List.of());
  }

  @Test
  void messagesWithoutProviderAndPicturesComeBack() {
    var plain = new ReceivedMessage(ana, SequenceNumber.of(1), at(0), null, "", List.of(), false);
    log().receive(List.of(plain));

    assertThat(log().conversation(ana, at(1), 10))
        .containsExactly(new LoggedMessage.Inbound(plain));
  }

  @Test
  void theNextPageOfWhatNoRuleFittedGoesOnBehindTheLast() {
    ReceivedMessage first = received(ana, SequenceNumber.of(9), 5, true);
    ReceivedMessage second = received(ana, LARGE, 5, true);
    ReceivedMessage third = received(ben, SequenceNumber.of(1), 6, true);
    log().receive(List.of(third, second, first, received(ben, SequenceNumber.of(2), 6, false)));

    assertThat(log().unhandled(null, 2)).containsExactly(first, second);
    assertThat(log().unhandled(MessageLog.Place.of(first), 2)).containsExactly(second, third);
    assertThat(log().unhandled(MessageLog.Place.of(third), 2)).isEmpty();
  }

  @Test
  void whatNoRuleFittedWaitsForAPerson() {
    ReceivedMessage later = received(ana, SequenceNumber.of(1), 7, true);
    ReceivedMessage earlier = received(ben, SequenceNumber.of(2), 5, true);
    log().receive(List.of(later, earlier, received(ana, SequenceNumber.of(3), 1, false)));

    assertThat(log().unhandled(10)).containsExactly(earlier, later);
    assertThat(log().unhandled(1)).containsExactly(earlier);
    assertThat(log().settle(ben, SequenceNumber.of(2))).isTrue();
    assertThat(log().settle(ben, SequenceNumber.of(2))).isFalse();
    assertThat(log().settle(ana, SequenceNumber.of(3))).isFalse();
    assertThat(log().settle(ana, LARGE)).isFalse();
    assertThat(log().unhandled(10)).containsExactly(later);
    assertThat(log().conversation(ben, at(9), 1))
        .containsExactly(new LoggedMessage.Inbound(received(ben, SequenceNumber.of(2), 5, false)));
  }
}
