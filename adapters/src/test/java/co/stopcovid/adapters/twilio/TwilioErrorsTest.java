package co.stopcovid.adapters.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.twilio.TwilioErrors.About;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Twilio's own dictionary, https://www.twilio.com/docs/api/errors. */
class TwilioErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "10001, ACCOUNT, account is suspended",
    "20003, ACCOUNT, auth token",
    "21211, MESSAGE, no such number",
    "21408, MESSAGE, country",
    "21471, ACCOUNT, no such account",
    "21608, MESSAGE, not verified",
    "21609, ACCOUNT, address for reports",
    "21610, LEARNER, opted out",
    "21611, MOMENT, wait at Twilio",
    "21614, MESSAGE, takes no SMS",
    "21635, MESSAGE, landline",
    "21657, MESSAGE, learner's country",
    "21660, ACCOUNT, another account's",
    "21704, ACCOUNT, no number",
    "21730, MOMENT, maintained",
    "30003, MESSAGE, out of reach",
    "30006, MESSAGE, landline",
    "30007, MESSAGE, spam",
    "30023, MESSAGE, brand",
    "30034, MESSAGE, A2P 10DLC",
    "30038, MESSAGE, passcode",
    "63038, ACCOUNT, 24 hours"
  })
  void whatACodeIsAbout(int code, About about, String words) {
    assertThat(TwilioErrors.about(400, code)).isEqualTo(about);
    assertThat(TwilioErrors.of(code).orElseThrow().meaning()).contains(words);
  }

  /** They are of things that are not used here: templates, WhatsApp. */
  @ParameterizedTest
  @CsvSource({"21655", "63016"})
  void whatCannotComeIsNotExplained(int code) {
    assertThat(TwilioErrors.of(code)).isEmpty();
  }

  /** A report comes once, for a message that is over. */
  @Test
  void whatIsReportedIsAboutTheMessageOrTheAccount() {
    for (int code = 30_000; code < 30_600; code++) {
      TwilioErrors.of(code)
          .ifPresent(known -> assertThat(known.about()).isIn(About.MESSAGE, About.ACCOUNT));
    }
  }
}
