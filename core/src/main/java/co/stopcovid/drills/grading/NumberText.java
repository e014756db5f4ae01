package co.stopcovid.drills.grading;

/**
 * Numbers as people type them, in one form: 1,000 and 1.000 and 1 000 are "1000"; 0,50 is "0.5"; 2
 * – 3 is "2-3"; 1/2 is "0.5".
 */
final class NumberText {
  private static final String DASHES = "-–—−~〜";

  private NumberText() {}

  /** Where the number that starts here ends, its second half included when it is a range. */
  static int end(String text, int start) {
    int end = plainEnd(text, text.charAt(start) == '-' ? start + 1 : start);
    int second = secondHalf(text, end);
    while (second > 0) {
      end = plainEnd(text, second);
      second = secondHalf(text, end);
    }
    return end;
  }

  static String canonical(String text, int start, int end) {
    boolean minus = text.charAt(start) == '-';
    var parts = new StringBuilder(minus ? "-" : "");
    int from = minus ? start + 1 : start;
    int i = plainEnd(text, from);
    parts.append(plain(text, from, i));
    while (i < end) {
      boolean fraction = text.charAt(i) == '/' || text.charAt(i) == '\u2044';
      int next = secondHalf(text, i);
      i = plainEnd(text, next);
      parts.append(fraction ? '/' : '-').append(plain(text, next, i));
    }
    return switch (parts.toString()) {
      case "1/2" -> "0.5";
      case "1/4" -> "0.25";
      case "3/4" -> "0.75";
      default -> parts.toString();
    };
  }

  /** Two numbers as one range. */
  static String range(String low, String high) {
    return low + "-" + high;
  }

  /** Where the other number of a range or fraction starts; 0: there is none. */
  private static int secondHalf(String text, int end) {
    int i = skipBlanks(text, end);
    if (i >= text.length()) {
      return 0;
    }
    char c = text.charAt(i);
    if (c == '/' || c == '\u2044') {
      return i == end && isDigit(text, i + 1) ? i + 1 : 0;
    }
    if (DASHES.indexOf(c) < 0) {
      return 0;
    }
    int next = skipBlanks(text, i + 1);
    return isDigit(text, next) ? next : 0;
  }

  /** The end of digits with decimal and thousands marks, "1 000" included. */
  private static int plainEnd(String text, int start) {
    int i = start;
    if (text.charAt(i) == '.') {
      i++;
    }
    while (isDigit(text, i)) {
      i++;
    }
    boolean group = i - start <= 3 && text.charAt(start) != '0';
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean mark = (c == '.' || c == ',') && isDigit(text, i + 1);
      boolean blank = group && c == ' ' && isGroup(text, i + 1);
      if (!mark && !blank) {
        break;
      }
      i++;
      while (isDigit(text, i)) {
        i++;
      }
    }
    return i;
  }

  private static boolean isGroup(String text, int at) {
    return isDigit(text, at)
        && isDigit(text, at + 1)
        && isDigit(text, at + 2)
        && !isDigit(text, at + 3);
  }

  /** The last mark is a decimal one, unless it parts three digits from one to three. */
  private static String plain(String text, int start, int end) {
    int mark = -1;
    int marks = 0;
    var digits = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.' || c == ',') {
        mark = i;
        marks++;
      }
    }
    boolean grouped =
        end - mark == 4 && (marks > 1 || (mark - start <= 3 && text.charAt(start) != '0'));
    int decimal = mark < 0 || (grouped && isOneKind(text, start, end)) ? -1 : mark;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (i == decimal) {
        digits.append('.');
      } else if (Tokenizer.isDigit(c)) {
        digits.append(c);
      }
    }
    return trimZeros(digits);
  }

  private static boolean isOneKind(String text, int start, int end) {
    String number = text.substring(start, end);
    return number.indexOf('.') < 0 || number.indexOf(',') < 0;
  }

  private static String trimZeros(StringBuilder digits) {
    if (digits.indexOf(".") >= 0) {
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      digits.setLength(digits.charAt(end - 1) == '.' ? end - 1 : end);
    }
    int start = 0;
    while (start + 1 < digits.length()
        && digits.charAt(start) == '0'
        && digits.charAt(start + 1) != '.') {
      start++;
    }
    String trimmed = digits.substring(start);
    return trimmed.isEmpty() || trimmed.startsWith(".") ? "0" + trimmed : trimmed;
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && Tokenizer.isDigit(text.charAt(at));
  }
}
