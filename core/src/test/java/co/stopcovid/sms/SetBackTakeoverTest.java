package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent.AskedInVain;
import co.stopcovid.sms.DeliveryEvent.PutOff;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A message that is not there counts as missing some time after the takeover. */
final class SetBackTakeoverTest {
  private static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");
  private static final LedgerEntry LEFT =
      new LedgerEntry(
          new OutboundId(new PhoneNumber("+12025550101"), 1, 0),
          MessageKind.REPLY,
          new OutboundMessage("one", null),
          Set.of(ZoneOffset.UTC),
          NOON,
          NOON,
          NOON.plus(Duration.ofDays(1)),
          null,
          new DeliveryState.Sending(1, 0, 1),
          NOON,
          1);

  private final SendDecision decision =
      new SendDecision(
          MessageRules.DEFAULT,
          SenderSettings.DEFAULT,
          SenderSettings.DEFAULT.takeover(true, NOON));

  private DeliveryEvent notThereAt(Instant now) {
    var nothing = new SmsGateway.Lookup.Found(List.of());
    return decision.conclude(LEFT, true, nothing, Set.of(), now).event();
  }

  @Test
  void aClockThatIsSetBackDoesNotDelayWhatACrashLeft() {
    assertThat(notThereAt(NOON)).isInstanceOf(AskedInVain.class);
    assertThat(notThereAt(NOON.minusMillis(1))).as("rounded").isInstanceOf(AskedInVain.class);
    assertThat(notThereAt(NOON.plusSeconds(2))).isInstanceOf(PutOff.class);
    assertThat(notThereAt(NOON.minusSeconds(3_600))).as("set back").isInstanceOf(PutOff.class);
  }
}
