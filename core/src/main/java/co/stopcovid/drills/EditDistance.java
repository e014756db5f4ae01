package co.stopcovid.drills;

/**
 * How far one word is from another: inserted, missing, exchanged and swapped letters, counted as in
 * the optimal string alignment distance.
 */
public final class EditDistance {
  /** Words longer than this are not compared; no one mistypes them, and time stays bounded. */
  private static final int MAX_LETTERS = 64;

  private EditDistance() {}

  /** Whether two words are at most so many slips of a finger apart. */
  public static boolean within(String one, String other, int limit) {
    return between(one, other, limit) <= limit;
  }

  /** The distance, or any number above the limit when it is above the limit. */
  public static int between(String one, String other, int limit) {
    int n = one.length();
    int m = other.length();
    if (one.equals(other)) {
      return 0;
    }
    if (limit <= 0 || Math.abs(n - m) > limit || Math.max(n, m) > MAX_LETTERS) {
      return limit + 1;
    }
    if (limit == 1) {
      return isOneSlip(one, other) ? 1 : 2;
    }
    int[] beforeLast = new int[m + 1];
    int[] last = new int[m + 1];
    int[] row = new int[m + 1];
    for (int j = 0; j <= m; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= m; j++) {
        int exchange = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchange, Math.min(last[j], row[j - 1]) + 1);
        if (isSwap(one, other, i, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit + 1;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[m];
  }

  /** Different words: whether all but one letter, or two swapped ones, are the same. */
  private static boolean isOneSlip(String one, String other) {
    int n = one.length();
    int m = other.length();
    int same = 0;
    while (same < n && same < m && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    int tail = 0;
    while (tail < n - same
        && tail < m - same
        && one.charAt(n - 1 - tail) == other.charAt(m - 1 - tail)) {
      tail++;
    }
    int left = Math.max(n, m) - same - tail;
    return left == 1
        || (left == 2
            && n == m
            && one.charAt(same) == other.charAt(same + 1)
            && one.charAt(same + 1) == other.charAt(same));
  }

  private static boolean isSwap(String one, String other, int i, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
