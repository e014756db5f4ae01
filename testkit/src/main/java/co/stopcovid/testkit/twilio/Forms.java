package co.stopcovid.testkit.twilio;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** URL-encoded forms and their signature, written from Twilio's documentation. */
final class Forms {
  private Forms() {}

  static List<Entry<String, String>> parse(@Nullable String encoded) {
    List<Entry<String, String>> form = new ArrayList<>();
    if (encoded == null || encoded.isEmpty()) {
      return form;
    }
    for (String pair : encoded.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.add(
          new SimpleEntry<>(
              URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
              parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
    }
    return form;
  }

  static String encode(List<Entry<String, String>> form) {
    return form.stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static Optional<String> first(List<Entry<String, String>> form, String name) {
    return form.stream()
        .filter(field -> field.getKey().equals(name))
        .map(Entry::getValue)
        .findFirst();
  }

  static List<String> all(List<Entry<String, String>> form, String name) {
    return form.stream().filter(field -> field.getKey().equals(name)).map(Entry::getValue).toList();
  }

  static String sign(String authToken, String url, List<Entry<String, String>> form) {
    String text =
        url
            + form.stream()
                .distinct()
                .sorted(
                    Comparator.comparing(Entry<String, String>::getKey)
                        .thenComparing(Entry::getValue))
                .map(field -> field.getKey() + field.getValue())
                .collect(Collectors.joining());
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
