package co.stopcovid.drills;

import co.stopcovid.common.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Days of the week, in words; what is kept of them is {@code mon,wed}. */
final class DaysForm implements ReplyForm {
  private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final String TO = "to";

  private final PhraseReader<String> reader = new PhraseReader<>();
  private final String example;

  DaysForm(LanguageTables tables, Language language) {
    LanguageTable table = tables.find(language).orElseGet(tables::english);
    for (LanguageTable each : List.of(table, tables.english())) {
      each.schedule().days().forEach((phrase, days) -> reader.add(Set.of(phrase), days));
      reader.add(each.schedule().to(), TO);
    }
    reader.add(Set.of("-"), TO);
    reader.addWeightless(table);
    reader.addWeightless(tables.english());
    example = table.messages().getOrDefault("example_days", "mon, wed, fri");
  }

  @Override
  public Optional<String> kept(String reply) {
    return reader.read(reply).flatMap(DaysForm::days);
  }

  /** Whether a text is what is kept of days. */
  static boolean isKept(String text) {
    List<String> days = List.of(text.split(",", -1));
    return WEEK.containsAll(days) && new TreeSet<>(days).size() == days.size();
  }

  private static Optional<String> days(List<String> phrases) {
    var chosen = new TreeSet<Integer>();
    for (int i = 0; i < phrases.size(); i++) {
      String phrase = phrases.get(i);
      if (!phrase.equals(TO)) {
        for (String day : phrase.split(",", -1)) {
          chosen.add(WEEK.indexOf(day));
        }
      } else if (i > 0 && i + 1 < phrases.size()) {
        int from = WEEK.indexOf(phrases.get(i - 1));
        int to = WEEK.indexOf(phrases.get(i + 1));
        if (from < 0 || to < 0) {
          return Optional.empty();
        }
        for (int day = from; day != to; day = (day + 1) % WEEK.size()) {
          chosen.add(day);
        }
      } else {
        return Optional.empty();
      }
    }
    List<String> names = new ArrayList<>();
    chosen.forEach(day -> names.add(WEEK.get(day)));
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  @Override
  public String example() {
    return example;
  }
}
