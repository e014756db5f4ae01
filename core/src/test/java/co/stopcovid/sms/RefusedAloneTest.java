package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whether the provider means a message or us, when it refuses us. */
final class RefusedAloneTest {
  private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");
  private static final OutboundId ONE = id("+12025550101");
  private static final OutboundId TWO = id("+12025550102");
  private static final SendResult REFUSED = new SendResult.AccountRefused("no sender");
  private static final SendResult ACCEPTED = new SendResult.Accepted("SM1");

  private final ProviderHold hold = new ProviderHold(ProviderHold.Observer.NONE);

  private static OutboundId id(String phone) {
    return new OutboundId(new PhoneNumber(phone), 1, 0);
  }

  private SendResult send(OutboundId id, SendResult result) {
    return hold.answered(id, hold.begun(), result, NOW);
  }

  @Test
  void whatIsRefusedAgainAfterAnotherWasTakenIsRefusedAlone() {
    assertThat(send(ONE, REFUSED)).isEqualTo(REFUSED);
    assertThat(send(ONE, REFUSED)).as("none was taken").isEqualTo(REFUSED);
    send(TWO, ACCEPTED);
    assertThat(send(ONE, REFUSED)).isEqualTo(new SendResult.Refused("no sender"));
  }

  @Test
  void anotherThatWasTakenBeforeIsNoEvidence() {
    send(TWO, ACCEPTED);
    assertThat(send(ONE, REFUSED)).isEqualTo(REFUSED);
    assertThat(send(ONE, REFUSED)).isEqualTo(REFUSED);
  }

  /** The account may have been closed between the two. */
  @Test
  void anotherThatWasUnderWayWithItIsNoEvidence() {
    long begun = hold.begun();
    send(ONE, REFUSED);
    hold.answered(TWO, begun, ACCEPTED, NOW);
    assertThat(send(ONE, REFUSED)).isEqualTo(REFUSED);
  }

  /** While another refusal still stands, the next message is tried at once. */
  @Test
  void aTrialThatIsRefusedAloneSaysNothingOfTheAccount() {
    send(ONE, REFUSED);
    assertThat(hold.isToAsk(NOW.plusSeconds(1))).isTrue();
    hold.account(new SmsGateway.Account.Open(), NOW);
    hold.handedOver();
    send(TWO, ACCEPTED);
    send(TWO, REFUSED);
    assertThat(hold.isToAsk(NOW.plusSeconds(1))).isTrue();
    hold.account(new SmsGateway.Account.Open(), NOW);
    hold.handedOver();

    assertThat(send(ONE, REFUSED)).isInstanceOf(SendResult.Refused.class);
    assertThat(hold.refusal()).isPresent();
    assertThat(hold.allowed(10)).isEqualTo(1);
  }
}
