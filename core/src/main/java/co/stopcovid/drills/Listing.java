package co.stopcovid.drills;

import java.util.List;

/** Joins what may be replied in the words of a language: {@code a, b or c}. */
final class Listing {
  private Listing() {}

  /**
   * @param items at least one
   */
  static String of(LanguageTable table, List<String> items) {
    String comma = table.messages().getOrDefault("list_comma", ", ");
    String or = table.messages().getOrDefault("list_or", " / ");
    int last = items.size() - 1;
    return last == 0
        ? items.getFirst()
        : String.join(comma, items.subList(0, last)) + or + items.get(last);
  }
}
