package co.stopcovid.drills.grading;

import java.util.Arrays;

/** Whether what a reply says of a form comes in the form's order. */
final class Order {
  private static final int NONE = -1;

  private final Form form;
  private final Matching matching;

  Order(Form form, Matching matching) {
    this.form = form;
    this.matching = matching;
  }

  /** Whether what is said comes in the form's order, or in one that its "and" allows. */
  boolean holds(boolean mayTurn) {
    int last = NONE;
    boolean rising = true;
    for (int j = 0; j < form.size(); j++) {
      if (matching.says(j) && counts(j)) {
        rising &= matching.at(j) >= last;
        last = matching.at(j);
      }
    }
    return rising || (mayTurn && form.swappable() && partsStayTogether());
  }

  private boolean counts(int j) {
    return switch (form.terms().get(j).kind()) {
      case OR, PREPOSITION, YES, NO -> false;
      default -> !matching.isElsewhere(j);
    };
  }

  /** Each part in its own order, and none between the words of another. */
  private boolean partsStayTogether() {
    int[] first = new int[form.partCount()];
    int[] last = new int[form.partCount()];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, NONE);
    for (int j = 0; j < form.size(); j++) {
      if (matching.says(j) && counts(j)) {
        int part = form.parts().get(j);
        if (matching.at(j) < last[part]) {
          return false;
        }
        first[part] = Math.min(first[part], matching.at(j));
        last[part] = matching.at(j);
      }
    }
    for (int a = 0; a < first.length; a++) {
      for (int b = 0; b < first.length; b++) {
        if (a != b && last[a] != NONE && first[a] < first[b] && last[a] > first[b]) {
          return false;
        }
      }
    }
    return true;
  }
}
