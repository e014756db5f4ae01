package co.stopcovid.drills.grading;

import co.stopcovid.drills.AnswerWords.Role;
import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Phrases.Meaning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one number, in digits or in words. Numeral words follow one grammar: what is smaller is
 * added ("sixty five"), a multiplier multiplies what stands before it ("two hundred"), single
 * digits one after another are read out ("nine one one").
 */
final class NumberReader {
  private static final long MAX = 1_000_000_000_000L;
  private static final int MAX_ATOMS = 24;

  /**
   * A number that was read.
   *
   * @param value in one form, such as {@code 0.5}
   * @param places its digits as written
   * @param unit the unit that it brings with it, as "twice" does; null: none
   * @param end the index behind its last token
   * @param doubtful whether it is as well a word that is no number, as "one" and "un"
   */
  record Numeral(String value, String places, @Nullable String unit, int end, boolean doubtful) {}

  private final Phrases phrases;
  private final List<Token> tokens;

  private long total;
  private long current;
  private boolean any;
  private final StringBuilder digits = new StringBuilder();
  private boolean onlyDigits = true;

  /** Whether the number is written in a script without spaces. */
  private boolean spaceless;

  private NumberReader(Phrases phrases, List<Token> tokens) {
    this.phrases = phrases;
    this.tokens = tokens;
  }

  /** The number that starts at a token; null: none does. */
  static @Nullable Numeral read(Phrases phrases, List<Token> tokens, int at) {
    if (at >= tokens.size()) {
      return null;
    }
    return tokens.get(at).isNumber()
        ? new NumberReader(phrases, tokens).digits(at)
        : new NumberReader(phrases, tokens).words(at);
  }

  private Numeral digits(int at) {
    Token token = tokens.get(at);
    Numeral apart = digitsApart(at);
    if (apart != null) {
      return apart;
    }
    Numeral fraction = fraction(at);
    if (fraction != null) {
      return fraction;
    }
    String value = token.text();
    int end = at + 1;
    Meaning multiplier = phrases.longest(tokens, end, Role.NUMBER);
    if (multiplier != null && multiplier.value(Role.NUMBER).startsWith("*")) {
      long factor = Long.parseLong(multiplier.value(Role.NUMBER).substring(1));
      String product = multiplied(value, factor);
      if (product != null) {
        return new Numeral(product, product, null, end + multiplier.words, false);
      }
    }
    return half(new Numeral(value, token.written(), null, end, false));
  }

  private static @Nullable String multiplied(String value, long factor) {
    if (value.length() > 12) {
      return null;
    }
    return new java.math.BigDecimal(value)
        .multiply(java.math.BigDecimal.valueOf(factor))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** "9-1-1" and "1 1 9": three and more single digits are a number read out. */
  private @Nullable Numeral digitsApart(int at) {
    var read = new StringBuilder();
    int i = at;
    while (i < tokens.size() && tokens.get(i).isNumber() && tokens.get(i).text().length() == 1) {
      read.append(tokens.get(i).text());
      boolean dash = i + 1 < tokens.size() && tokens.get(i + 1).isSign("-");
      i += dash ? 2 : 1;
      if (dash && (i >= tokens.size() || !tokens.get(i).isNumber())) {
        return null;
      }
    }
    if (read.length() < 3 || tokens.get(i - 1).isSign("-")) {
      return null;
    }
    String places = read.toString();
    return new Numeral(NumberText.trimZeros(places), places, null, i, false);
  }

  /** "1/2" is 0.5, "1 1/2" is 1.5; other fractions stay what they are. */
  private @Nullable Numeral fraction(int at) {
    String half = simpleFraction(at);
    if (half != null) {
      return new Numeral(half, half, null, at + 3, false);
    }
    String part = simpleFraction(at + 1);
    if (part != null && tokens.get(at).text().indexOf('.') < 0) {
      String mixed = tokens.get(at).text() + part.substring(1);
      return new Numeral(mixed, mixed, null, at + 4, false);
    }
    return null;
  }

  private @Nullable String simpleFraction(int at) {
    if (at + 2 >= tokens.size() || !tokens.get(at + 1).isSign("/")) {
      return null;
    }
    return switch (tokens.get(at).text() + "/" + tokens.get(at + 2).text()) {
      case "1/2" -> "0.5";
      case "1/4" -> "0.25";
      case "3/4" -> "0.75";
      default -> null;
    };
  }

  private @Nullable Numeral words(int at) {
    int i = at;
    int atoms = 0;
    spaceless = Words.isSpaceless(tokens.get(at).text());
    Meaning first = phrases.longest(tokens, at, Role.NUMBER);
    while (i < tokens.size() && atoms < MAX_ATOMS) {
      int start = any ? skipJoiner(i) : i;
      Meaning atom = phrases.longest(tokens, start, Role.NUMBER);
      if (atom == null || !add(atom.value(Role.NUMBER), i > at && start == i, start)) {
        break;
      }
      i = start + atom.words;
      atoms++;
      if (atom.value(Role.NUMBER).indexOf(' ') > 0) {
        break;
      }
    }
    if (first == null || atoms == 0) {
      return null;
    }
    String raw = first.value(Role.NUMBER);
    int blank = raw.indexOf(' ');
    boolean decimal = raw.indexOf('.') >= 0;
    String value = value(raw, atoms);
    if (value == null) {
      return null;
    }
    String unit = blank > 0 ? raw.substring(blank + 1) : null;
    boolean doubtful = atoms == 1 && isDoubtful(first, at);
    Numeral number = new Numeral(value, digits.isEmpty() ? value : places(), unit, i, doubtful);
    return decimal || unit != null ? number : half(point(number));
  }

  private String places() {
    return onlyDigits && digits.length() > 1 ? digits.toString() : Long.toString(total + current);
  }

  private @Nullable String value(String raw, int atoms) {
    int blank = raw.indexOf(' ');
    if (atoms == 1 && (raw.indexOf('.') >= 0 || blank > 0)) {
      String plain = blank > 0 ? raw.substring(0, blank) : raw;
      return plain.startsWith("+") ? null : plain;
    }
    return onlyDigits && digits.length() > 1
        ? NumberText.trimZeros(digits.toString())
        : Long.toString(total + current);
  }

  /** A word that is an article too, and one character of a script without spaces. */
  private boolean isDoubtful(Meaning first, int at) {
    return first.has(Role.ARTICLE)
        || first.has(Role.PREPOSITION)
        || first.has(Role.ALTERNATIVE)
        || (first.words == 1 && FoldedText.isSpaceless(tokens.get(at).text().codePointAt(0)));
  }

  /** "one hundred and five", "treinta y cinco": only where a number goes on behind the joiner. */
  private int skipJoiner(int at) {
    Meaning joiner = phrases.longest(tokens, at, Role.CONJUNCTION);
    if (joiner == null || joiner.words != 1 || tokens.get(at).kind() == Token.Kind.SIGN) {
      return at;
    }
    Meaning next = phrases.longest(tokens, at + 1, Role.NUMBER);
    boolean goesOn = next != null && isPlain(next) && canAdd(plain(next));
    return goesOn ? at + 1 : at;
  }

  private static boolean isPlain(Meaning atom) {
    String value = atom.value(Role.NUMBER);
    return Character.isDigit(value.charAt(0)) && value.indexOf('.') < 0 && value.indexOf(' ') < 0;
  }

  private static long plain(Meaning atom) {
    return Long.parseLong(atom.value(Role.NUMBER));
  }

  /** Adds an atom to the number; false: it does not belong to it. */
  private boolean add(String atom, boolean adjacent, int at) {
    if (atom.startsWith("*")) {
      return multiply(Long.parseLong(atom.substring(1)));
    }
    if (!Character.isDigit(atom.charAt(0)) || atom.indexOf('.') >= 0 || atom.indexOf(' ') > 0) {
      boolean alone = !any && !atom.startsWith("+");
      any = true;
      return alone;
    }
    long value = Long.parseLong(atom);
    boolean range = any && tokens.get(at).before() == '-' && !canAdd(value) && digits.length() < 2;
    boolean nextDigit =
        any && adjacent && onlyDigits && !digits.isEmpty() && value < 10 && !isSpokenPair(at);
    if (range && !isSpelledOut(at)) {
      return false;
    }
    if (!any || canAdd(value)) {
      onlyDigits &= !any && value < 10;
      current += value;
    } else if (!nextDigit) {
      return false;
    }
    if (value < 10) {
      digits.append(value);
    }
    any = true;
    return total + current < MAX;
  }

  /** "two-three" is a range, "one-one-nine" a number read out. */
  private boolean isSpelledOut(int at) {
    Meaning next = phrases.longest(tokens, at + 1, Role.NUMBER);
    return next != null && at + 1 < tokens.size() && tokens.get(at + 1).before() == '-';
  }

  /** "7, 3": a comma parts two numbers. */
  private boolean isSpokenPair(int at) {
    return tokens.get(at).opensPart() && tokens.get(at).before() != '-';
  }

  private boolean canAdd(long value) {
    if (!any || value == 0) {
      return false;
    }
    if (current == 0) {
      return total > 0 && value < 1000;
    }
    if (current % 100 == 0) {
      return value < 100;
    }
    long tens = current % 100;
    boolean teens = (tens == 60 || tens == 80) && value >= 10 && value < 20;
    boolean ten = spaceless && tens == 10;
    return (current % 10 == 0 && (tens >= 20 || ten) && value < 10) || (teens && !spaceless);
  }

  private boolean multiply(long factor) {
    onlyDigits = false;
    if (factor == 10) {
      long last = current % 10;
      current = current - last + (last == 0 ? 10 : last * 10);
    } else if (factor < 1000) {
      long part = current % 100;
      boolean bare = part == 0 && spaceless;
      if (current >= 100 || bare) {
        return false; // 百 stands behind a digit, "hundred" may stand alone
      }
      current = (part == 0 ? 1 : part) * factor;
    } else {
      total = (total + Math.max(current, any ? current : 1)) * factor;
      if (total == 0) {
        total = factor;
      }
      current = 0;
    }
    any = true;
    return total + current < MAX;
  }

  /** "one point five". */
  private Numeral point(Numeral whole) {
    Meaning point = phrases.longest(tokens, whole.end(), Role.POINT);
    if (point == null || whole.end() + point.words >= tokens.size()) {
      return whole;
    }
    Numeral fraction = read(phrases, tokens, whole.end() + point.words);
    if (fraction == null || fraction.value().indexOf('.') >= 0) {
      return whole;
    }
    String value = NumberText.trimZeros(whole.value() + "." + fraction.places());
    return new Numeral(value, value, null, fraction.end(), false);
  }

  /** "two and a half". */
  private Numeral half(Numeral whole) {
    Meaning more = phrases.longest(tokens, whole.end(), Role.NUMBER);
    if (more == null
        || !more.value(Role.NUMBER).startsWith("+")
        || whole.value().indexOf('.') >= 0) {
      return whole;
    }
    String value = whole.value() + more.value(Role.NUMBER).substring(2);
    String places = whole.places() + NumberText.part(more.value(Role.NUMBER));
    return new Numeral(value, places, whole.unit(), whole.end() + more.words, false);
  }
}
