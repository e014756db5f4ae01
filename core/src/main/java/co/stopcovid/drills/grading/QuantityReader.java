package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.grading.NumberReader.Numeral;
import co.stopcovid.drills.grading.Phrases.Meaning;
import co.stopcovid.drills.grading.Quantity.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a quantity: [comparison] [between] [minus] number [unit] [to number [unit]] [per unit] [or
 * more].
 */
final class QuantityReader {
  /** Shorter units are letters that may be words as well: they stand close to their number. */
  private static final int LETTER = 1;

  /** How the table writes "daily" and the like: a rate. */
  private static final String PER = "per ";

  /**
   * A quantity that was read.
   *
   * @param end the index behind its last token
   */
  record Read(Quantity quantity, int end) {}

  /** One number with its unit. */
  private record Amount(
      String value, String places, @Nullable String unit, int end, boolean doubtful) {}

  private final Lexicon lexicon;
  private final Phrases phrases;
  private final List<Token> tokens;

  /** Whether a time of the day is asked for, so that "15 y 30" is one. */
  private final boolean times;

  QuantityReader(Lexicon lexicon, List<Token> tokens, boolean times) {
    this.times = times;
    this.lexicon = lexicon;
    this.phrases = lexicon.phrases();
    this.tokens = tokens;
  }

  /**
   * The quantity that starts at a token; null: none does.
   *
   * @param alone whether nothing of weight stands before it
   */
  @Nullable Read read(int start, boolean alone) {
    int at = start;
    String sign = "";
    Meaning before = phrases.longest(tokens, at, Role.COMPARISON);
    if (before != null) {
      sign = before.value(Role.COMPARISON);
      at = skipArticles(at + before.words);
    } else if (isSign(at)) {
      sign = tokens.get(at).text();
      at++;
    }
    Meaning opening = phrases.longest(tokens, at, Role.RANGE_OPENING);
    if (opening != null) {
      at = skipArticles(at + opening.words);
    }
    Meaning per = perBefore(at);
    if (per != null) {
      at += per.words + perWords(at);
    }
    Read pair = readFrom(at, sign, opening != null, alone || before != null);
    if (per != null && pair != null) {
      Quantity q = pair.quantity;
      pair =
          new Read(
              new Quantity(
                  q.numbers(), q.shape(), q.unit(), per.value(Role.UNIT), q.sign(), q.places()),
              pair.end);
    }
    boolean openedInVain =
        pair != null && opening != null && pair.quantity.shape() == Shape.ONE && before == null;
    // "from 21" is no range: its "from" is a preposition.
    return openedInVain && at > start ? null : pair;
  }

  /** The unit of a rate before its number: 每小时8公里; null: there is none. */
  private @Nullable Meaning perBefore(int at) {
    int words = perWords(at);
    return words > 0
            && Words.isSpaceless(tokens.get(at).text())
            && phrases.longest(tokens, at, Role.WEEKDAY) == null
        ? phrases.longest(tokens, at + words, Role.UNIT)
        : null;
  }

  private int perWords(int at) {
    Meaning per = at < tokens.size() ? phrases.longest(tokens, at, Role.PER) : null;
    return per == null ? 0 : per.words;
  }

  private boolean isSign(int at) {
    Token token = tokens.get(at);
    return token.kind() == Token.Kind.SIGN
        && (token.text().startsWith("<") || token.text().startsWith(">"));
  }

  private @Nullable Read readFrom(int at, String sign, boolean opened, boolean alone) {
    Amount low = amount(at, true);
    if (low == null) {
      return null;
    }
    Read pair = pair(low, sign, opened);
    if (pair != null) {
      return pair;
    }
    if (low.doubtful && low.unit == null && !(alone && low.end == tokens.size())) {
      return null;
    }
    Quantity one = new Quantity(List.of(low.value), Shape.ONE, low.unit, null, sign, low.places);
    return finish(one, low.end);
  }

  /** Two numbers that make one thing; null: there is no second one. */
  private @Nullable Read pair(Amount low, String sign, boolean opened) {
    Read clock = clock(low, sign);
    if (clock != null) {
      return clock;
    }
    int at = low.end;
    Shape shape = shape(at, opened);
    if (shape == null) {
      return null;
    }
    Amount high = amount(at + joinerLength(at, opened), false);
    if (high == null || (low.doubtful && high.doubtful && high.unit == null && !opened)) {
      return null;
    }
    boolean units = low.unit == null || high.unit == null || low.unit.equals(high.unit);
    if (!units) {
      return null;
    }
    String mark = shape == Shape.COLON ? ":" : "-";
    Quantity both =
        new Quantity(
            List.of(low.value, high.value),
            shape,
            high.unit == null ? low.unit : high.unit,
            null,
            sign,
            low.places + mark + high.places);
    return finish(both, high.end);
  }

  /** "7h30", "7点半"; where a time is asked for, "15 y 30" too. */
  private @Nullable Read clock(Amount low, String sign) {
    boolean hour = "hour".equals(low.unit) || "oclock".equals(low.unit);
    boolean bare = times && low.unit == null;
    if (!(hour || bare) || low.end >= tokens.size() || low.value.length() > 2) {
      return null;
    }
    int at = times ? low.end + joiner(low.end) : low.end;
    Numeral minutes = NumberReader.read(phrases, tokens, at);
    boolean two = minutes != null && minutes.places().length() == 2;
    if (minutes == null || !(two || (hour && tokens.get(low.end).glued()))) {
      return null;
    }
    String value = minutes.value().equals("0.5") ? "30" : minutes.value();
    if (value.length() > 2 || (bare && !Clock.isMinute(low.value, value))) {
      return null;
    }
    Meaning unit = times ? unitAt(minutes.end(), false) : null;
    String half =
        unit != null && Clock.isHalf(unit.value(Role.UNIT)) ? unit.value(Role.UNIT) : null;
    boolean more = unit != null && (half != null || Clock.isUnit(unit.value(Role.UNIT)));
    return finish(
        new Quantity(
            List.of(low.value, value),
            Shape.COLON,
            half,
            null,
            sign,
            low.places + ":" + (value.length() < 2 ? "0" + value : value)),
        minutes.end() + (more && unit != null ? unit.words : 0));
  }

  private int joiner(int at) {
    Meaning and = phrases.longest(tokens, at, Role.CONJUNCTION);
    return and == null || tokens.get(at).opensPart() ? 0 : and.words;
  }

  private @Nullable Shape shape(int at, boolean opened) {
    if (at >= tokens.size()) {
      return null;
    }
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.SIGN) {
      return switch (token.text()) {
        case "-" -> Shape.RANGE;
        case ":" -> Shape.COLON;
        case "/" -> Shape.SLASH;
        default -> null;
      };
    }
    if (token.before() == '-' && NumberReader.read(phrases, tokens, at) != null) {
      return Shape.RANGE; // "two-three"
    }
    Meaning range = phrases.longest(tokens, at, Role.RANGE);
    if (range != null) {
      return switch (range.value(Role.RANGE)) {
        case ":" -> Shape.COLON;
        case "/" -> Shape.SLASH;
        default -> Shape.RANGE;
      };
    }
    if (opened && phrases.longest(tokens, at, Role.CONJUNCTION) != null) {
      return Shape.RANGE;
    }
    return phrases.longest(tokens, at, Role.ALTERNATIVE) != null && !token.opensPart()
        ? Shape.EITHER
        : null;
  }

  private int joinerLength(int at, boolean opened) {
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.SIGN) {
      return 1;
    }
    if (token.before() == '-' && NumberReader.read(phrases, tokens, at) != null) {
      return 0;
    }
    for (Role role : List.of(Role.RANGE, Role.CONJUNCTION, Role.ALTERNATIVE)) {
      Meaning meaning = phrases.longest(tokens, at, role);
      if (meaning != null && (role != Role.CONJUNCTION || opened)) {
        return meaning.words;
      }
    }
    return 1;
  }

  /** [minus] [currency] number [unit] [below zero]. */
  private @Nullable Amount amount(int start, boolean first) {
    int at = start;
    boolean minus = false;
    if (at < tokens.size() && tokens.get(at).isSign("-")) {
      minus = true;
      at++;
    } else {
      Meaning said = phrases.longest(tokens, at, Role.MINUS);
      if (said != null) {
        minus = true;
        at += said.words;
      }
    }
    if (at < tokens.size() && tokens.get(at).isSign("+") && (first || tokens.get(at).glued())) {
      at++;
    }
    Meaning currency = null;
    if (at < tokens.size() && NumberReader.read(phrases, tokens, at) == null) {
      currency = prefix(at);
      at += currency == null ? 0 : currency.words;
    }
    Numeral number = NumberReader.read(phrases, tokens, at);
    if (number == null) {
      return null;
    }
    String unit =
        number.unit() != null || currency == null ? number.unit() : currency.value(Role.UNIT);
    int end = skipRepeat(number);
    Meaning behind = unitAt(end, end > number.end());
    if (behind != null && (currency == null || behind.value(Role.UNIT).equals(unit))) {
      unit = behind.value(Role.UNIT);
      end += behind.words;
    }
    Meaning half = behind == null || number.value().indexOf('.') >= 0 ? null : halfAt(end);
    String part = half == null ? "" : half.value(Role.NUMBER).replaceFirst("^\\+?0", "");
    if (half != null) {
      end += half.words;
    }
    Meaning day = "hour".equals(unit) && times ? unitAt(end, false) : null;
    if (day != null && Clock.isHalf(day.value(Role.UNIT))) {
      unit = day.value(Role.UNIT); // "trois heures et demie de l'après-midi"
      end += day.words;
    }
    Meaning below = phrases.longest(tokens, end, Role.BELOW_ZERO);
    if (below != null) {
      minus = !minus;
      end += below.words;
    }
    String sign = minus && !number.value().equals("0") ? "-" : "";
    return new Amount(
        sign + number.value() + part,
        sign + number.places() + (part.isEmpty() ? "" : NumberText.part(part)),
        unit,
        end,
        number.doubtful() && !minus);
  }

  /** "Tres metros y medio", 三米半: a half of the unit before it; null: there is none. */
  private @Nullable Meaning halfAt(int at) {
    Meaning half = at < tokens.size() ? phrases.longest(tokens, at, Role.NUMBER) : null;
    if (half == null || tokens.get(at).opensPart()) {
      return null;
    }
    String value = half.value(Role.NUMBER);
    boolean glued = value.equals("0.5") && Words.isSpaceless(tokens.get(at).text());
    boolean oclock = phrases.longest(tokens, at - 1, Role.POINT) != null;
    return value.startsWith("+0.") || (glued && !oclock && half.words == 1) ? half : null;
  }

  /** Behind the 6 in brackets of "six (6) feet". */
  private int skipRepeat(Numeral number) {
    int at = number.end();
    if (at >= tokens.size() || tokens.get(at).before() != '(') {
      return at;
    }
    Numeral again = NumberReader.read(phrases, tokens, at);
    return again != null
            && again.value().equals(number.value())
            && tokens.get(again.end() - 1).after() == ')'
        ? again.end()
        : at;
  }

  /** The unit that may stand before its number: "$ 250", "age 21". */
  private @Nullable Meaning prefix(int at) {
    Meaning unit = phrases.longest(tokens, at, Role.UNIT);
    return unit != null && Units.leads(unit.value(Role.UNIT)) ? unit : null;
  }

  /**
   * The unit that starts at a token behind a number; null: none does.
   *
   * @param bracketed whether the number ends with a bracket, so that one parts it from its unit
   */
  private @Nullable Meaning unitAt(int at, boolean bracketed) {
    if (at >= tokens.size()) {
      return null;
    }
    Meaning unit = phrases.longest(tokens, at, Role.UNIT);
    boolean parted = tokens.get(at).opensPart() && !bracketed;
    if (unit == null || parted || unit.value(Role.UNIT).startsWith(PER)) {
      return null;
    }
    boolean letter = unit.words == 1 && tokens.get(at).text().length() == LETTER;
    boolean word =
        unit.has(Role.ARTICLE)
            || unit.has(Role.PREPOSITION)
            || unit.has(Role.CONJUNCTION)
            || unit.has(Role.RANGE)
            || unit.has(Role.ALTERNATIVE);
    boolean ends = at + 1 >= tokens.size() || tokens.get(at + 1).opensPart();
    return letter && word && !tokens.get(at).glued() && !ends ? null : unit;
  }

  private Read finish(Quantity quantity, int at) {
    int end = at;
    Quantity whole = rated(quantity);
    Meaning daily = end < tokens.size() ? phrases.longest(tokens, end, Role.UNIT) : null;
    if (daily != null && daily.value(Role.UNIT).startsWith(PER)) {
      whole =
          new Quantity(
              whole.numbers(),
              whole.shape(),
              whole.unit(),
              daily.value(Role.UNIT).substring(PER.length()),
              whole.sign(),
              whole.places());
      end += daily.words;
    }
    int rate = perLength(end);
    if (rate > 0) {
      Meaning unit = phrases.longest(tokens, end + rate, Role.UNIT);
      if (unit != null) {
        whole =
            new Quantity(
                whole.numbers(),
                whole.shape(),
                whole.unit(),
                unit.value(Role.UNIT),
                whole.sign(),
                whole.places());
        end += rate + unit.words;
      }
    }
    Meaning after = phrases.longest(tokens, end, Role.COMPARISON);
    if (after != null && isFinal(end + after.words)) {
      String sign = after.value(Role.COMPARISON);
      whole = whole.with(whole.sign().isEmpty() || whole.sign().equals("~") ? sign : "!");
      end += after.words;
    } else if (end < tokens.size() && tokens.get(end).isSign("+") && isFinal(end + 1)) {
      whole = whole.with(">=");
      end++;
    }
    return new Read(whole, end);
  }

  /** "5 mph" is 5 miles, per hour. */
  private static Quantity rated(Quantity quantity) {
    String unit = quantity.unit();
    int per = unit == null ? -1 : unit.indexOf(" per ");
    return unit == null || per < 0
        ? quantity
        : new Quantity(
            quantity.numbers(),
            quantity.shape(),
            unit.substring(0, per),
            unit.substring(per + 5),
            quantity.sign(),
            quantity.places());
  }

  /** A comparison before another number belongs to that one. */
  private boolean isFinal(int at) {
    return at >= tokens.size() || NumberReader.read(phrases, tokens, skipArticles(at)) == null;
  }

  private int perLength(int at) {
    if (at >= tokens.size()) {
      return 0;
    }
    if (tokens.get(at).isSign("/")) {
      return phrases.longest(tokens, at + 1, Role.UNIT) == null ? 0 : 1;
    }
    Meaning per = phrases.longest(tokens, at, Role.PER);
    return per == null ? 0 : per.words;
  }

  private int skipArticles(int at) {
    int i = at;
    while (i < tokens.size()
        && lexicon.has(tokens.get(i).text(), Role.ARTICLE)
        && !lexicon.has(tokens.get(i).text(), Role.NUMBER)) {
      i++;
    }
    return i;
  }
}
