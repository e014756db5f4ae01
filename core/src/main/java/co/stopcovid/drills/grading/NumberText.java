package co.stopcovid.drills.grading;

/**
 * Numbers as people type them in digits, in one form: 1,000 and 1.000 and 1 000 are "1000"; 0,50 is
 * "0.5".
 */
final class NumberText {
  private NumberText() {}

  /** The end of digits with decimal and thousands marks, "1 000" included. */
  static int end(String text, int start) {
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
  static String canonical(String text, int start, int end) {
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
    return trimZeros(digits.toString());
  }

  private static boolean isOneKind(String text, int start, int end) {
    String number = text.substring(start, end);
    return number.indexOf('.') < 0 || number.indexOf(',') < 0;
  }

  /** Without zeros that say nothing: "007.50" is "7.5". */
  static String trimZeros(String digits) {
    int end = digits.length();
    if (digits.indexOf('.') >= 0) {
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      end -= digits.charAt(end - 1) == '.' ? 1 : 0;
    }
    int start = 0;
    while (start + 1 < end && digits.charAt(start) == '0' && digits.charAt(start + 1) != '.') {
      start++;
    }
    String trimmed = digits.substring(start, end);
    return trimmed.isEmpty() || trimmed.startsWith(".") ? "0" + trimmed : trimmed;
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && Tokenizer.isDigit(text.charAt(at));
  }

  /** How the places of a number end that was said with a half or a quarter: "3½". */
  static String part(String number) {
    return number.endsWith(".5") ? "½" : "¼";
  }
}
