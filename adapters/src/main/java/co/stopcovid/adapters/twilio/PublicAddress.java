package co.stopcovid.adapters.twilio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the world calls the service by. Twilio signs the address that stands in its console, but for
 * a port that it leaves out or puts in, so that one service has several addresses that are as good:
 * https with and without its port, and the host in any letters.
 */
final class PublicAddress {
  private static final Pattern PARTS =
      Pattern.compile("(https?)://([^/?#]*?)(:[0-9]+)?(/.*)?", Pattern.CASE_INSENSITIVE);

  private final List<String> spellings;

  /**
   * @param url up to where the path begins that a request is taken in with
   */
  PublicAddress(String url) {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    Set<String> all = new LinkedHashSet<>();
    all.add(base);
    Matcher parts = PARTS.matcher(base);
    if (parts.matches()) {
      String scheme = parts.group(1).toLowerCase(Locale.ROOT);
      String path = parts.group(4) == null ? "" : parts.group(4);
      String port = parts.group(3) == null ? "" : parts.group(3);
      boolean secure = scheme.equals("https");
      String usual = secure ? ":443" : ":80";
      for (String host : List.of(parts.group(2), parts.group(2).toLowerCase(Locale.ROOT))) {
        String origin = scheme + "://" + host;
        all.add(origin + port + path);
        if (port.isEmpty() || port.equals(usual)) {
          all.add(origin + path);
          all.add(origin + usual + path);
        } else if (secure) {
          all.add(origin + path);
        }
      }
    }
    spellings = List.copyOf(all);
  }

  /** As it was given. */
  String asGiven() {
    return spellings.getFirst();
  }

  /** All that are as good, the given one first. */
  List<String> spellings() {
    return spellings;
  }
}
