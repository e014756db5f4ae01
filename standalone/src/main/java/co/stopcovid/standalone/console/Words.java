package co.stopcovid.standalone.console;

import co.stopcovid.common.Language;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and counts as a person reads them. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** Empty when there is none. */
  static String time(@Nullable Instant time) {
    return time == null ? "" : TIME.format(time);
  }

  /** In its two largest units: {@code 3 min 20 s}. */
  static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
    }
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d s".formatted(duration.toSeconds());
  }

  /** Empty until the learner has chosen one. */
  static String language(UserProfile profile) {
    Language language = profile.language();
    return language == null ? "" : language.code();
  }

  /** How a learner stands to the system. */
  static String standing(UserProfile profile) {
    String standing = profile.validated() ? "registered" : "not registered";
    return standing
        + (profile.isDemo() ? ", demo" : "")
        + (profile.optedOut() ? ", opted out" : "");
  }

  /** What became of a message. */
  static String delivery(LedgerEntry entry) {
    return switch (entry.state()) {
      case DeliveryState.Queued queued -> "to be sent from " + time(entry.notBefore());
      case DeliveryState.Sending sending -> "being sent";
      case DeliveryState.Sent sent -> "sent";
      case DeliveryState.Delivered delivered -> "delivered";
      case DeliveryState.Failed failed -> "not delivered: " + failed.reason();
      case DeliveryState.Parked parked -> "held back: " + parked.reason();
    };
  }

  static String share(double rate) {
    return "%d %%".formatted((int) Math.floor(rate * 100));
  }
}
