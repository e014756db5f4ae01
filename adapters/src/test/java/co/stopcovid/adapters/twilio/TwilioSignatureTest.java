package co.stopcovid.adapters.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TwilioSignatureTest {
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  /** The example of Twilio's documentation. */
  private static final Map<String, List<String>> FORM =
      Map.of(
          "CallSid", List.of("CA1234567890ABCDE"),
          "Caller", List.of("+14158675309"),
          "Digits", List.of("1234"),
          "From", List.of("+14158675309"),
          "To", List.of("+18005551212"));

  private final TwilioSignature signature = new TwilioSignature(List.of("12345"));

  @Test
  void theExampleOfTwiliosDocumentationIsValid() {
    assertThat(signature.sign(URL, FORM)).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assertThat(signature.isValid(URL, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")).isTrue();
  }

  @Test
  void theSdkAgrees() {
    Map<String, String> flat = new LinkedHashMap<>();
    FORM.forEach((name, values) -> flat.put(name, values.getFirst()));
    assertThat(new RequestValidator("12345").validate(URL, flat, signature.sign(URL, FORM)))
        .isTrue();
  }

  @Test
  void anyChangeMakesItInvalid() {
    String valid = signature.sign(URL, FORM);
    Map<String, List<String>> more = new LinkedHashMap<>(FORM);
    more.put("Body", List.of("more"));
    Map<String, List<String>> other = new LinkedHashMap<>(FORM);
    other.put("Digits", List.of("1235"));

    assertThat(signature.isValid(URL + "0", FORM, valid)).isFalse();
    assertThat(signature.isValid(URL, more, valid)).isFalse();
    assertThat(signature.isValid(URL, other, valid)).isFalse();
    assertThat(signature.isValid(URL, FORM, valid.replace('R', 'S'))).isFalse();
    assertThat(signature.isValid(URL, FORM, "")).isFalse();
    assertThat(signature.isValid(URL, FORM, "ÿ")).isFalse();
    assertThat(new TwilioSignature(List.of("12346")).isValid(URL, FORM, valid)).isFalse();
  }

  @Test
  void repeatedParametersAreSortedByValue() {
    Map<String, List<String>> repeated = Map.of("Media", List.of("b", "a"), "A", List.of("1"));
    Map<String, List<String>> turned = Map.of("A", List.of("1"), "Media", List.of("a", "b"));

    assertThat(signature.sign(URL, repeated)).isEqualTo(signature.sign(URL, turned));
    assertThat(signature.sign(URL, repeated))
        .isEqualTo(signature.sign(URL + "A1MediaaMediab", Map.of()));
  }

  /** Twilio's libraries drop the second one; its documentation speaks of all parameters. */
  @Test
  void ofEqualParametersOneOrAllMayBeSigned() {
    Map<String, List<String>> twice = Map.of("Media", List.of("a", "a"));

    assertThat(signature.isValid(URL, twice, signature.sign(URL + "Mediaa", Map.of()))).isTrue();
    assertThat(signature.isValid(URL, twice, signature.sign(URL + "MediaaMediaa", Map.of())))
        .isTrue();
  }

  @Test
  void duringRotationEitherTokenIsGood() {
    var rotating = new TwilioSignature(List.of("new", "12345"));

    assertThat(rotating.isValid(URL, FORM, signature.sign(URL, FORM))).isTrue();
    assertThat(rotating.isValid(URL, FORM, rotating.sign(URL, FORM))).isTrue();
  }

  @Test
  void withoutATokenNothingCanBeChecked() {
    assertThatThrownBy(() -> new TwilioSignature(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
