package co.stopcovid.adapters.twilio;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryReport;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's reports on messages that we sent. */
public final class StatusCallback {
  private StatusCallback() {}

  /** Whether a form is a report; a learner's message has no MessageStatus, or "received". */
  public static boolean isReport(TwilioForm form) {
    return form.first("MessageStatus").filter(status -> !status.startsWith("receiv")).isPresent();
  }

  /**
   * The report in a form; empty when it says nothing that the ledger keeps, or the status is
   * unknown.
   *
   * @param token from the query of the address that was called; null when it has none
   */
  public static Optional<DeliveryReport> read(TwilioForm form, @Nullable String token) {
    Optional<Progress> progress = form.first("MessageStatus").flatMap(StatusCallback::progress);
    Optional<String> sid = form.first("MessageSid").or(() -> form.first("SmsSid"));
    Optional<PhoneNumber> phone = form.first("To").flatMap(StatusCallback::phone);
    if (progress.isEmpty() || sid.isEmpty() || phone.isEmpty()) {
      return Optional.empty();
    }
    String code = form.first("ErrorCode").filter(text -> text.matches("[0-9]{1,9}")).orElse("");
    String reason =
        progress.get() != Progress.FAILED
            ? ""
            : "%s%s"
                .formatted(
                    form.first("MessageStatus").orElse(""),
                    code.isEmpty() ? "" : ", " + TwilioErrors.words(Integer.parseInt(code)));
    boolean optedOut = code.equals(Integer.toString(TwilioGateway.UNSUBSCRIBED));
    return Optional.of(
        new DeliveryReport(phone.get(), token, sid.get(), progress.get(), reason, optedOut));
  }

  private static Optional<Progress> progress(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "accepted", "scheduled", "queued", "sending", "sent" -> Optional.of(Progress.SENT);
      case "delivered", "read" -> Optional.of(Progress.DELIVERED);
      case "undelivered", "failed", "canceled" -> Optional.of(Progress.FAILED);
      default -> Optional.empty();
    };
  }

  private static Optional<PhoneNumber> phone(String text) {
    try {
      return Optional.of(new PhoneNumber(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
