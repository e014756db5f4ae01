package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.AnswerWords.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day, in figures or in words; what is kept of it is {@code 09:30}. */
final class TimeForm implements ReplyForm {
  private static final Pattern KEPT = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");

  /** "9", "9:30", "9.30", "9h30", "17h", "9点30". */
  private static final Pattern FIGURES =
      Pattern.compile(
          "(?<![\\p{N}.,:])(\\d{1,2})(?:\\s?[:.h点时時：]\\s?(\\d{2})(?!\\d))?(?![\\p{N}.,:]\\d)");

  /** Only with an hour of twelve: there is no 13 pm, while 18 heures du soir is said. */
  private static final Pattern HALF_DAY = Pattern.compile("\\b[ap] ?m\\b");

  private static final Pattern HOUR = Pattern.compile("\\d{1,2}");
  private static final int NOON = 12;
  private static final int HALF = 30;

  private static final String MORNING = "morning";
  private static final String AFTERNOON = "afternoon";
  private static final String HALF_PAST = "half";
  private static final String HOURS = "hours";
  private static final Set<String> WORDS = Set.of(MORNING, AFTERNOON, HALF_PAST, HOURS);

  private final PhraseReader<String> reader = new PhraseReader<>();
  private final LanguageTable table;

  TimeForm(LanguageTables tables, Language language) {
    table = tables.find(language).orElseGet(tables::english);
    List<LanguageTable> both = List.of(table, tables.english());
    for (LanguageTable each : both) {
      ScheduleWords words = each.schedule();
      reader.add(words.morning(), MORNING);
      reader.add(words.afternoon(), AFTERNOON);
      reader.add(words.half(), HALF_PAST);
      reader.add(words.hours(), HOURS);
      words.times().forEach((phrase, time) -> reader.add(Set.of(phrase), time));
      each.answers()
          .of(Role.NUMBER)
          .forEach(
              (phrase, number) -> {
                if (HOUR.matcher(number).matches()) {
                  reader.add(Set.of(phrase), number);
                }
              });
    }
    both.forEach(reader::addWeightless);
  }

  /** Whether a text is what is kept of a time. */
  static boolean isKept(String text) {
    return KEPT.matcher(text).matches();
  }

  @Override
  public Optional<String> kept(String reply) {
    String text = FoldedText.letters(reply);
    Matcher figures = FIGURES.matcher(text);
    if (!figures.find()) {
      return reader.read(reply).flatMap(TimeForm::inWords);
    }
    String rest = text.substring(0, figures.start()) + " " + text.substring(figures.end());
    int hour = Integer.parseInt(figures.group(1));
    int minutes = figures.group(2) == null ? 0 : Integer.parseInt(figures.group(2));
    if ((hour == 0 || hour > NOON) && HALF_DAY.matcher(FoldedText.words(rest)).find()) {
      return Optional.empty();
    }
    return reader
        .read(rest)
        .filter(WORDS::containsAll)
        .flatMap(words -> time(hour, minutes, words));
  }

  /** A time that is a word ("noon"), or an hour in words. */
  private static Optional<String> inWords(List<String> said) {
    List<String> times = said.stream().filter(word -> !WORDS.contains(word)).toList();
    if (times.size() != 1) {
      return Optional.empty();
    }
    String time = times.getFirst();
    if (isKept(time)) {
      return said.size() == 1 ? Optional.of(time) : Optional.empty();
    }
    return HOUR.matcher(time).matches() ? time(Integer.parseInt(time), 0, said) : Optional.empty();
  }

  private static Optional<String> time(int hour, int minutes, List<String> words) {
    boolean morning = words.contains(MORNING);
    boolean afternoon = words.contains(AFTERNOON);
    boolean half = words.contains(HALF_PAST);
    if ((morning && (afternoon || hour > NOON)) || (half && minutes != 0)) {
      return Optional.empty();
    }
    int of24 = hour;
    if (afternoon && hour < NOON) {
      of24 = hour + NOON;
    } else if (morning && hour == NOON) {
      of24 = 0;
    }
    String time = "%02d:%02d".formatted(of24, half ? HALF : minutes);
    return isKept(time) ? Optional.of(time) : Optional.empty();
  }

  @Override
  public String example() {
    return table.messages().getOrDefault("example_time", "9:30");
  }
}
