package co.stopcovid.adapters.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.DeliveryReports;
import co.stopcovid.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a signature may be for. */
class PublicAddressTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String PATH = "/webhooks/twilio";
  private static final String FORM =
      "From=%2B12025550123&Body=acme&MessageSid=SM00000000000000000000000000000001";

  private static TwilioIntake.Result taken(String publicUrl, String signedFor) {
    var signature = new TwilioSignature(List.of(TOKEN));
    var intake =
        new TwilioIntake(
            publicUrl,
            signature,
            commands -> commands.stream().map(command -> SequenceNumber.parse("1")).toList(),
            report -> DeliveryReports.Outcome.UNKNOWN_MESSAGE,
            letters -> {},
            () -> Samples.NOON);
    String made =
        signature.sign(
            signedFor + PATH,
            Map.of(
                "From", List.of("+12025550123"),
                "Body", List.of("acme"),
                "MessageSid", List.of("SM00000000000000000000000000000001")));
    return intake.take(PATH, null, FORM.getBytes(StandardCharsets.UTF_8), made);
  }

  @ParameterizedTest
  @CsvSource({
    "https://dialog.example.org, https://dialog.example.org",
    "https://dialog.example.org, https://dialog.example.org:443",
    "https://dialog.example.org/, https://dialog.example.org",
    "https://dialog.example.org:443, https://dialog.example.org",
    "https://dialog.example.org:8443, https://dialog.example.org:8443",
    "https://dialog.example.org:8443, https://dialog.example.org",
    "https://Dialog.Example.org, https://dialog.example.org",
    "https://Dialog.Example.org, https://Dialog.Example.org",
    "HTTPS://Dialog.Example.org/base, https://dialog.example.org:443/base",
    "http://dialog.example.org, http://dialog.example.org:80",
  })
  void isTakenInHoweverTwilioWritesTheAddress(String publicUrl, String signedFor) {
    assertThat(taken(publicUrl, signedFor)).isEqualTo(TwilioIntake.Result.MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://dialog.example.org, http://dialog.example.org",
    "https://dialog.example.org, https://dialog.example.org:8443",
    "https://dialog.example.org, https://example.org",
    "https://dialog.example.org/Base, https://dialog.example.org/base",
    "http://dialog.example.org:8080, http://dialog.example.org",
  })
  void anotherAddressIsForged(String publicUrl, String signedFor) {
    assertThat(taken(publicUrl, signedFor)).isEqualTo(TwilioIntake.Result.FORGED);
  }
}
