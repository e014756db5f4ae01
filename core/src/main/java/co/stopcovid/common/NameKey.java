package co.stopcovid.common;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What names are compared by that people write in more ways than one: "ACME", "Acme " and "ａｃｍｅ"
 * are the same organisation. Case, width and spaces do not tell names apart, letters and marks do.
 */
public final class NameKey {
  private NameKey() {}

  /** Empty for a name of spaces alone. */
  public static String of(String name) {
    return shown(Normalizer.normalize(name, Normalizer.Form.NFKC))
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /** The name with single spaces, and none around it. */
  public static String shown(String name) {
    return name.replaceAll("[\\s\\p{Z}]+", " ").strip();
  }
}
