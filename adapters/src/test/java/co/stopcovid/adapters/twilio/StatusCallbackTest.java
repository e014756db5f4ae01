package co.stopcovid.adapters.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusCallbackTest {
  private static TwilioForm form(String encoded) {
    return TwilioForm.parse(encoded, 100);
  }

  @ParameterizedTest
  @CsvSource({
    "queued, SENT",
    "sending, SENT",
    "sent, SENT",
    "accepted, SENT",
    "delivered, DELIVERED",
    "read, DELIVERED",
    "undelivered, FAILED",
    "failed, FAILED",
    "canceled, FAILED",
  })
  void everyStatusIsRead(String status, Progress progress) {
    var report =
        StatusCallback.read(form("MessageSid=SM1&To=%2B12025550123&MessageStatus=" + status), "4-1")
            .orElseThrow();

    assertThat(report.progress()).isEqualTo(progress);
    assertThat(report.phone()).isEqualTo(new PhoneNumber("+12025550123"));
    assertThat(report.sid()).isEqualTo("SM1");
    assertThat(report.token()).isEqualTo("4-1");
  }

  @Test
  void aFailureHasItsReason() {
    assertThat(
            StatusCallback.read(
                form("SmsSid=SM1&To=%2B12025550123&MessageStatus=undelivered&ErrorCode=30003"),
                null))
        .contains(
            new DeliveryReport(
                new PhoneNumber("+12025550123"),
                null,
                "SM1",
                Progress.FAILED,
                "undelivered, Twilio error 30003: the phone is off or out of reach",
                false));
  }

  @Test
  void anOptOutAtTwilioIsRecognised() {
    assertThat(
            StatusCallback.read(
                    form("MessageSid=SM1&To=%2B12025550123&MessageStatus=failed&ErrorCode=21610"),
                    null)
                .orElseThrow()
                .optedOut())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MessageSid=SM1&To=%2B12025550123&MessageStatus=beamed",
        "MessageSid=SM1&To=whatsapp%3A%2B12025550123&MessageStatus=sent",
        "To=%2B12025550123&MessageStatus=sent",
        "MessageSid=SM1&MessageStatus=sent",
      })
  void whatCannotBeReadIsNoReport(String encoded) {
    assertThat(StatusCallback.read(form(encoded), null)).isEmpty();
  }

  @Test
  void formsAreReadWithEverythingInThem() {
    TwilioForm form = form("Body=a%26b+c%3Dd&Media=1&&Media=2&Empty=&Bare&%E4%BD%A0=%E5%A5%BD");

    assertThat(form.all())
        .isEqualTo(
            Map.of(
                "Body", List.of("a&b c=d"),
                "Media", List.of("1", "2"),
                "Empty", List.of(""),
                "Bare", List.of(""),
                "你", List.of("好")));
    assertThat(form.first("Media")).contains("1");
    assertThat(form.first("body")).isEmpty();
    assertThat(StatusCallback.isReport(form)).isFalse();
    assertThat(TwilioForm.parse("", 1).all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=1&b=2&c=3"})
  void whatIsNoFormIsRefused(String encoded) {
    assertThatThrownBy(() -> TwilioForm.parse(encoded, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
