package co.stopcovid.standalone;

import co.stopcovid.drills.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names of all settings. A variable that looks like one and is none is most likely misspelt,
 * and would be passed over without a word.
 */
final class SettingNames {
  private static final int MOST_LETTERS = 64;

  /** In the names of other programs' prefixes, only a near miss is one of ours. */
  private static final int NEAR = 2;

  static final Set<String> ALL =
      Set.of(
          "DIALOG_ADMIN_PASSWORD",
          "DIALOG_API_TOKEN",
          "DIALOG_CODE_TRIES",
          "DIALOG_CONTENT_DIR",
          "DIALOG_DAILY_TIME",
          "DIALOG_DATABASE_URL",
          "DIALOG_DATA_DIR",
          "DIALOG_DEBUG",
          "DIALOG_HOST",
          "DIALOG_INACTIVE_FOR",
          "DIALOG_INITIATOR_INTERVAL",
          "DIALOG_JAVA_HOME",
          "DIALOG_KEEP_COMMANDS",
          "DIALOG_LOG",
          "DIALOG_LOG_LEVEL",
          "DIALOG_MESSAGES_PER_DAY",
          "DIALOG_PORT",
          "DIALOG_PUBLIC_URL",
          "DIALOG_REMINDER_INTERVAL",
          "DIALOG_REMIND_AFTER",
          "DIALOG_REPLIES_PER_WINDOW",
          "DIALOG_REVIEW_AFTER",
          "DIALOG_REVIEW_QUESTIONS",
          "DIALOG_SENDING_FROM",
          "DIALOG_SENDING_UNTIL",
          "DIALOG_SMS_GAP",
          "DIALOG_SMS_RATE",
          "DIALOG_SMTP_URL",
          "DIALOG_START_WINDOW",
          "DIALOG_TIME_ZONE",
          "REGISTRATION_VALIDATION_KEY",
          "REGISTRATION_VALIDATION_STAGE",
          "REGISTRATION_VALIDATION_URL",
          "TWILIO_ACCOUNT_SID",
          "TWILIO_API_URL",
          "TWILIO_AUTH_TOKEN",
          "TWILIO_AUTH_TOKEN_SECONDARY",
          "TWILIO_MESSAGING_SERVICE_SID");

  /** Of the program dialog, which draws boxes in terminals. */
  private static final Set<String> OTHERS =
      Set.of(
          "DIALOG_CANCEL",
          "DIALOG_ERROR",
          "DIALOG_ESC",
          "DIALOG_EXTRA",
          "DIALOG_HELP",
          "DIALOG_ITEM_HELP",
          "DIALOG_OK",
          "DIALOG_STATE",
          "DIALOG_TIMEOUT",
          "DIALOG_TTY");

  private SettingNames() {}

  /** A sentence for each variable that seems to be misspelt, by name. */
  static List<String> doubts(Map<String, String> environment) {
    return new TreeSet<>(environment.keySet()).stream().flatMap(SettingNames::doubt).toList();
  }

  private static Stream<String> doubt(String name) {
    if (ALL.contains(name) || OTHERS.contains(name) || name.length() > MOST_LETTERS) {
      return Stream.empty();
    }
    String capitals = name.toUpperCase(Locale.ROOT);
    boolean ours = capitals.startsWith("DIALOG_");
    if (!ours && !capitals.startsWith("TWILIO_") && !capitals.startsWith("REGISTRATION_")) {
      return Stream.empty();
    }
    String nearest =
        ALL.stream()
            .min(
                Comparator.<String>comparingInt(known -> distance(capitals, known))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    return ours || distance(capitals, nearest) <= NEAR
        ? Stream.of(
            "there is no setting %s, so it is not used; did you mean %s?".formatted(name, nearest))
        : Stream.empty();
  }

  private static int distance(String one, String other) {
    return EditDistance.between(one, other, MOST_LETTERS);
  }
}
