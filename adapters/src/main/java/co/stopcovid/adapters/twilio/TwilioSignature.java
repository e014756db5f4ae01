package co.stopcovid.adapters.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a request comes from Twilio: its {@code X-Twilio-Signature} is the HMAC-SHA1, in
 * Base64, of the address that Twilio called followed by all parameters of the form, names and
 * values, sorted by name and then by value.
 *
 * <p>The SDK's own validator takes one value a name only, so that a repeated parameter makes a good
 * request look forged.
 */
public final class TwilioSignature {
  public static final String HEADER = "X-Twilio-Signature";
  private static final String ALGORITHM = "HmacSHA1";

  private final List<SecretKeySpec> keys;

  /**
   * @param authTokens any of them may have been used: two, while the token is being changed
   */
  public TwilioSignature(List<String> authTokens) {
    if (authTokens.isEmpty()) {
      throw new IllegalArgumentException("without a token no signature can be checked");
    }
    this.keys =
        authTokens.stream()
            .map(token -> new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /**
   * @param url as Twilio called it: the public address, with its query exactly as received
   * @param form the parameters of the body; none for a request without a form
   * @param signature the header's value
   */
  public boolean isValid(String url, Map<String, List<String>> form, String signature) {
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    String once = text(url, form, true);
    String each = text(url, form, false);
    boolean valid = false;
    for (SecretKeySpec key : keys) {
      // All are tried, whatever came before, so that the time taken says nothing.
      valid |= MessageDigest.isEqual(sign(key, once), given);
      valid |= MessageDigest.isEqual(sign(key, each), given);
    }
    return valid;
  }

  /** The signature that Twilio would make with the first token. */
  public String sign(String url, Map<String, List<String>> form) {
    return new String(sign(keys.getFirst(), text(url, form, true)), StandardCharsets.UTF_8);
  }

  /**
   * What is signed.
   *
   * @param once a value that stands under one name twice counts once: so do Twilio's own libraries,
   *     though its documentation does not say it
   */
  private static String text(String url, Map<String, List<String>> form, boolean once) {
    var text = new StringBuilder(url);
    new TreeMap<>(form)
        .forEach(
            (name, values) ->
                (once ? values.stream().distinct() : values.stream())
                    .sorted()
                    .forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  private static byte[] sign(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
    }
  }
}
