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
import org.junit.jupiter.api.Test;

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
    assertThat(rules.progress().remindAfter()).isEqualTo(Duration.ofHours(2));
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
    assertThatThrownBy(() -> from(Map.of("DIALOG_REMIND_AFTER", "36h")))
        .hasMessage(
            "DIALOG_REMIND_WITHIN is 1d, but must not be shorter than DIALOG_REMIND_AFTER, which is"
                + " 36h");
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
