package co.stopcovid.adapters.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.QuietHours;
import co.stopcovid.progress.ProgressSettings;
import co.stopcovid.sms.MessageRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnerRulesTest {
  private static LearnerRules from(Map<String, String> environment) {
    return LearnerRules.from(new Variables(environment));
  }

  @Test
  void whatIsNotSetIsAsUsual() {
    LearnerRules rules = from(Map.of("DIALOG_SMS_GAP", " "));
    assertThat(rules)
        .isEqualTo(
            new LearnerRules(
                MessageRules.DEFAULT,
                100,
                QuietHours.DEFAULT,
                ZoneOffset.UTC,
                5,
                LocalTime.of(17, 5),
                ProgressSettings.DEFAULT));
  }

  @Test
  void whatIsSetCounts() {
    LearnerRules rules =
        from(
            Map.of(
                "DIALOG_SMS_GAP", "500ms",
                "DIALOG_SMS_RATE", "0.5",
                "DIALOG_SENDING_FROM", "09:00",
                "DIALOG_SENDING_UNTIL", "20:00",
                "DIALOG_TIME_ZONE", "Europe/Paris",
                "DIALOG_DAILY_TIME", "06:30",
                "DIALOG_REMIND_AFTER", "2h",
                "DIALOG_MESSAGES_PER_DAY", "7"));
    assertThat(rules.messages().gap()).isEqualTo(Duration.ofMillis(500));
    assertThat(rules.messages().messagesPerDay()).isEqualTo(7);
    assertThat(rules.messages().sendingHours()).isEqualTo(rules.hours());
    assertThat(rules.rate()).isEqualTo(0.5);
    assertThat(rules.hours()).isEqualTo(new QuietHours(LocalTime.of(9, 0), LocalTime.of(20, 0)));
    assertThat(rules.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(rules.dailyTime()).isEqualTo(LocalTime.of(6, 30));
    assertThat(rules.progress().reminders().steps()).containsExactly(Duration.ofHours(2));
  }

  @Test
  void whatCannotBeIsRefusedByItsNameWithoutItsValue() {
    assertThatThrownBy(() -> from(Map.of("DIALOG_SMS_RATE", "secret")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("DIALOG_SMS_RATE")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> from(Map.of("DIALOG_SENDING_FROM", "22:00")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("DIALOG_SENDING_UNTIL");
    assertThatThrownBy(() -> from(Map.of("DIALOG_START_WINDOW", "soon")))
        .hasMessage("DIALOG_START_WINDOW must be a duration from 1m to 1d, such as 3h");
  }

  @Test
  void aDurationOutOfItsBoundsIsToldByItsOwnNameInTheFormOfTheSettings() {
    assertThatThrownBy(() -> from(Map.of("DIALOG_START_WINDOW", "40h")))
        .isInstanceOf(SettingException.class)
        .hasMessage("DIALOG_START_WINDOW is 40h, but must be from 1m to 1d, such as 3h");
    assertThatThrownBy(() -> from(Map.of("DIALOG_INACTIVE_FOR", "366d")))
        .hasMessage("DIALOG_INACTIVE_FOR is 366d, but must be from 0s to 365d, such as 12h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret | its item 1 is no duration",
        "4h,,3d | its item 2 is no duration",
        "4h 3d | its item 1 is no duration",
        "4h,3d,off | its item 3 is no duration",
        "3d,4h | 4h is not longer than 3d before it",
        "4h,4h | 4h is not longer than 4h before it",
        "30s | 30s must be from 1m to 90d",
        "4h,91d | 91d must be from 1m to 90d",
        "1h,2h,3h,4h,5h,6h,7h,8h,9h | it has 9 items, but 8 at most are possible",
      })
  void aListOfRemindersThatCannotBeIsToldWithWhatIsWrong(String value, String fault) {
    assertThatThrownBy(() -> from(Map.of("DIALOG_REMIND_AFTER", value)))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "DIALOG_REMIND_AFTER must be durations that grow, such as 4h,3d, or off: " + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2h | 2h", "90m, 1d ,14d | 90m,1d,14d", "off | ''", "OFF | ''"})
  void remindersMayHaveAnySteps(String value, String steps) {
    assertThat(
            from(Map.of("DIALOG_REMIND_AFTER", value)).progress().reminders().steps().stream()
                .map(Variables::in)
                .collect(Collectors.joining(",")))
        .isEqualTo(steps);
  }

  @Test
  void aLateRunIsMeantForTheDayThatItsWindowBelongsTo() {
    ProgressSettings settings = ProgressSettings.DEFAULT;
    LocalTime daily = LocalTime.of(23, 0);
    assertThat(settings.scheduledDay(Instant.parse("2026-11-22T23:00:00Z"), daily))
        .contains(LocalDate.of(2026, 11, 22));
    assertThat(settings.scheduledDay(Instant.parse("2026-11-23T02:00:00Z"), daily))
        .contains(LocalDate.of(2026, 11, 22));
    assertThat(settings.scheduledDay(Instant.parse("2026-11-23T02:00:01Z"), daily)).isEmpty();
  }
}
