package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.NumberReader.Numeral;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Quantity.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a month and a day, in either order. */
final class DateReader {
  private static final int MAX_DAY = 31;

  /**
   * A date that was read.
   *
   * @param end the index behind its last token
   */
  record Date(Quantity quantity, int end) {}

  private final Lexicon lexicon;
  private final List<Token> tokens;

  DateReader(Lexicon lexicon, List<Token> tokens) {
    this.lexicon = lexicon;
    this.tokens = tokens;
  }

  /** "March 15", "the 15th of March", "3月15日": null: none starts here. */
  @Nullable Date read(int at) {
    Meaning month = phraseOf(at, Role.MONTH);
    if (month != null) {
      Day day = day(skip(at + month.words));
      return day == null ? null : date(month, day, day.end);
    }
    Day day = day(at);
    if (day == null || (day.doubtful && day.end == at)) {
      return null;
    }
    int behind = skip(day.end);
    Meaning late = phraseOf(behind, Role.MONTH);
    return late == null ? null : date(late, day, behind + late.words);
  }

  private record Day(String number, int end, boolean doubtful) {}

  private @Nullable Day day(int at) {
    if (at >= tokens.size()) {
      return null;
    }
    Meaning compound = phraseOf(at, Role.ORDINAL);
    if (compound != null && compound.words > 1 && isDay(compound.value(Role.ORDINAL))) {
      return new Day(compound.value(Role.ORDINAL), at + compound.words, false);
    }
    Numeral number = NumberReader.read(lexicon.phrases(), tokens, at);
    if (number != null) {
      int end = number.end();
      if (end < tokens.size() && tokens.get(end).glued()) {
        Meaning suffix = phraseOf(end, Role.ORDINAL);
        end += suffix != null && suffix.value(Role.ORDINAL).equals("0") ? suffix.words : 0;
      }
      Meaning dayWord = end < tokens.size() ? phraseOf(end, Role.UNIT) : null;
      if (dayWord != null
          && dayWord.value(Role.UNIT).equals("day")
          && FoldedText.isSpaceless(tokens.get(end).text().codePointAt(0))) {
        end += dayWord.words;
      }
      return isDay(number.value()) ? new Day(number.value(), end, number.doubtful()) : null;
    }
    Meaning ordinal = phraseOf(at, Role.ORDINAL);
    String value = ordinal == null ? "" : ordinal.value(Role.ORDINAL);
    return ordinal != null && isDay(value) ? new Day(value, at + ordinal.words, false) : null;
  }

  private static boolean isDay(String number) {
    return number.length() <= 2
        && number.chars().allMatch(Tokenizer::isDigit)
        && !number.isEmpty()
        && Integer.parseInt(number) >= 1
        && Integer.parseInt(number) <= MAX_DAY;
  }

  private int skip(int at) {
    int i = at;
    while (i < tokens.size() && lexicon.has(tokens.get(i).text(), Role.ARTICLE) && i < at + 2) {
      i++;
    }
    return i;
  }

  private static Date date(Meaning month, Day day, int end) {
    String value = month.value(Role.MONTH) + "/" + day.number;
    return new Date(new Quantity(List.of(value), Shape.DATE, null, null, "", value), end);
  }

  /** Whether a comparison is of a date, not of its day: "hasta el 14 de abril". */
  boolean comparesAt(int at) {
    Meaning comparison = phraseOf(at, Role.COMPARISON);
    if (comparison == null) {
      return false;
    }
    int start = skip(at + comparison.words);
    Day day = day(start);
    return day != null && day.end < tokens.size() && phraseOf(skip(day.end), Role.MONTH) != null;
  }

  private @Nullable Meaning phraseOf(int at, Role role) {
    return lexicon.phrases().longest(tokens, at, role);
  }
}
