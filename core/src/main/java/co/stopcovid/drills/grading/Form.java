package co.stopcovid.drills.grading;

import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to say an option, prepared for comparison.
 *
 * @param terms what has weight in it
 * @param parts for each term, the part that it stands in, of those that commas, "and" or "or" join
 * @param swappable whether its parts may change places: "and" or "or" joins them
 * @param units for each term, the coordinated unit that it belongs to; negative: to none
 * @param words its words as they are looked up
 * @param meaning what it means as a whole, such as "all"; null: what its words say
 */
record Form(
    List<Term> terms,
    List<Integer> parts,
    boolean swappable,
    List<Integer> units,
    String words,
    @Nullable String meaning) {

  static Form of(Lexicon lexicon, Reading reading) {
    List<Term> weighty = weighty(reading.terms());
    List<Integer> parts = new ArrayList<>();
    boolean joined = false;
    boolean listed = false;
    int part = 0;
    int next = 0;
    for (Term term : reading.terms()) {
      boolean joins = term.kind() == Kind.AND || term.kind() == Kind.OR;
      if (term.opensPart() || joins) {
        part += parts.isEmpty() || parts.getLast() < part ? 0 : 1;
        joined |= joins && !parts.isEmpty();
        listed |= term.opensPart() && !parts.isEmpty() && !joins;
      }
      if (next < weighty.size() && weighty.get(next).equals(term)) {
        parts.add(part);
        next++;
      }
    }
    String meaning = lexicon.meaning(reading.words());
    return new Form(
        weighty,
        parts,
        joined && !listed,
        units(weighty, parts),
        reading.words(),
        meaning == null ? lexicon.meaning(reading.wordsWithoutFillers()) : meaning);
  }

  /** The terms with weight; all of them when none has. */
  static List<Term> weighty(List<Term> terms) {
    List<Term> weighty = new ArrayList<>(terms.size());
    for (Term term : terms) {
      if (!term.isWeightless()) {
        weighty.add(term);
      }
    }
    return weighty.isEmpty() ? terms : weighty;
  }

  /**
   * What stands side by side: "soap" and "water" in "wash it with soap and water". Who says one of
   * them has to say the others.
   */
  private static List<Integer> units(List<Term> terms, List<Integer> parts) {
    List<Integer> units = new ArrayList<>();
    int last = parts.isEmpty() ? 0 : parts.getLast();
    for (int i = 0; i < terms.size(); i++) {
      boolean head = parts.get(i) == 0 && isBeforePreposition(terms, parts, i);
      boolean free =
          switch (terms.get(i).kind()) {
            case OR, YES, NO -> true;
            default -> last == 0 || head;
          };
      units.add(free ? -1 : parts.get(i));
    }
    return units;
  }

  private static boolean isBeforePreposition(List<Term> terms, List<Integer> parts, int at) {
    for (int i = at; i < terms.size() && parts.get(i) == 0; i++) {
      if (terms.get(i).kind() == Kind.PREPOSITION && i > 0) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return terms.size();
  }

  boolean has(Kind kind) {
    return terms.stream().anyMatch(term -> term.kind() == kind);
  }

  /** How many things it lists. */
  int partCount() {
    return parts.isEmpty() ? 0 : parts.getLast() + 1;
  }

  Set<String> values() {
    Set<String> values = new HashSet<>();
    terms.forEach(term -> values.add(term.value()));
    return values;
  }

  @Nullable Quantity onlyQuantity() {
    Quantity only = null;
    for (Term term : terms) {
      if (term.quantity() != null) {
        if (only != null) {
          return null;
        }
        only = term.quantity();
      }
    }
    return only;
  }
}
