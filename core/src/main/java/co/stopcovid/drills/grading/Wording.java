package co.stopcovid.drills.grading;

import co.stopcovid.drills.FoldedText;
import co.stopcovid.drills.grading.Term.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What remains of a text when the words without weight are left out, as it is compared. */
record Wording(List<Term> terms) {
  private static final int MIN_JOINED_LETTERS = 5;

  /** The weighty terms of a text; all of them when none has weight. */
  static Wording of(Reading reading) {
    List<Term> weighty = new ArrayList<>(reading.terms().size());
    boolean opensPart = false;
    int left = reading.terms().size();
    for (Term term : reading.terms()) {
      opensPart |= term.opensPart() || term.kind() == Kind.AND;
      left--;
      if (!term.isWeightless() || (left == 0 && term.isLetter())) {
        weighty.add(opensPart ? term.opening() : term);
        opensPart = false;
      }
    }
    return new Wording(weighty.isEmpty() ? reading.terms() : weighty);
  }

  /** Without some words; unchanged when nothing else would remain. */
  Wording without(Set<String> words) {
    if (words.isEmpty()) {
      return this;
    }
    List<Term> rest = new ArrayList<>(terms.size());
    boolean opensPart = false;
    boolean weighty = false;
    for (Term term : terms) {
      opensPart |= term.opensPart();
      if (!term.isWord() || !words.contains(term.value())) {
        rest.add(opensPart ? term.opening() : term);
        opensPart = false;
        weighty |= term.kind() != Kind.PREPOSITION;
      }
    }
    return weighty && rest.size() < terms.size() ? new Wording(rest) : this;
  }

  int size() {
    return terms.size();
  }

  boolean has(Kind kind) {
    return count(kind) > 0;
  }

  int count(Kind kind) {
    int found = 0;
    for (Term term : terms) {
      found += term.kind() == kind ? 1 : 0;
    }
    return found;
  }

  /** Whether both say the same, each word spelt right, but for the order of what "and" joins. */
  boolean equalTo(Wording other) {
    return sameAs(other) || sameParts(other);
  }

  /** Whether both say the same in the same order, each word spelt right. */
  boolean sameAs(Wording other) {
    if (terms.size() == other.terms.size()) {
      return sameFrom(other.terms, 0);
    }
    return joinedEqual(other) || sameButForPrepositions(other);
  }

  /** "Stay at home" is "stay home"; "on the table" is not "under the table". */
  private boolean sameButForPrepositions(Wording other) {
    if (has(Kind.PREPOSITION) == other.has(Kind.PREPOSITION)) {
      return false;
    }
    Wording bare = withoutPrepositions();
    Wording otherBare = other.withoutPrepositions();
    return bare.size() > 0 && bare.size() == otherBare.size() && bare.sameFrom(otherBare.terms, 0);
  }

  Wording withoutPrepositions() {
    return has(Kind.PREPOSITION)
        ? new Wording(terms.stream().filter(term -> term.kind() != Kind.PREPOSITION).toList())
        : this;
  }

  /** How often a shorter wording stands in this one, spelt right, as consecutive words. */
  int count(Wording part) {
    int size = part.terms.size();
    if (size == 0 || isOneCharacter(part)) {
      return 0;
    }
    int found = 0;
    for (int i = 0; i + size <= terms.size(); i++) {
      if (part.sameFrom(terms, i)) {
        found++;
        i += size - 1;
      }
    }
    return found;
  }

  /** One character of a script without spaces is as often a part of another word as a word. */
  private static boolean isOneCharacter(Wording part) {
    String value = part.terms.getFirst().surface();
    return part.terms.size() == 1
        && !value.isEmpty()
        && FoldedText.isSpaceless(value.codePointAt(0))
        && value.codePointCount(0, value.length()) == 1;
  }

  private boolean sameFrom(List<Term> others, int at) {
    if (others.size() - at < terms.size()) {
      return false;
    }
    for (int i = 0; i < terms.size(); i++) {
      if (!terms.get(i).same(others.get(at + i), terms.size() == 1)) {
        return false;
      }
    }
    return true;
  }

  /** "hand washing" is "handwashing". */
  private boolean joinedEqual(Wording other) {
    String joined = joined();
    return joined.length() >= MIN_JOINED_LETTERS && joined.equals(other.joined());
  }

  /** The letters of all words; empty where anything but words forbids to join them. */
  private String joined() {
    var letters = new StringBuilder();
    for (Term term : terms) {
      if (!term.isWord()) {
        return "";
      }
      letters.append(term.surface());
    }
    return letters.toString();
  }

  /** The same parts in another order: "water and soap" is "soap, water". */
  private boolean sameParts(Wording other) {
    if (terms.size() < 2 || terms.size() != other.terms.size()) {
      return false;
    }
    List<String> parts = parts();
    return parts.size() > 1 && parts.equals(other.parts());
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    var part = new StringBuilder();
    for (Term term : terms) {
      if (term.opensPart() && !part.isEmpty()) {
        parts.add(part.toString());
        part.setLength(0);
      }
      part.append(' ').append(term.kind() == Kind.NUMBER ? "#" : "").append(term.value());
    }
    parts.add(part.toString());
    parts.sort(null);
    return parts;
  }
}
