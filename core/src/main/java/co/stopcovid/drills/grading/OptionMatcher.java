package co.stopcovid.drills.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Which options of a prompt a wording names, from word for word to near. */
final class OptionMatcher {
  private static final int MAX_MISSPELT_ARTICLES = 2;

  private final Prompt prompt;
  private final Wording full;
  private final Wording lean;

  OptionMatcher(Prompt prompt, Wording full) {
    this.prompt = prompt;
    this.full = full;
    this.lean = full.without(prompt.repeated());
  }

  Wording lean() {
    return lean;
  }

  /** The options that the wording is, word for word. */
  List<Option> equal() {
    List<Option> same = where(Wording::sameAs);
    return same.isEmpty() ? where(Wording::equalTo) : same;
  }

  private List<Option> where(BiPredicate<Wording, Wording> test) {
    List<Option> found = new ArrayList<>(2);
    for (Option option : prompt.options()) {
      for (Answer answer : option.answers()) {
        if (test.test(full, answer.full()) || test.test(lean, answer.lean())) {
          found.add(option);
          break;
        }
      }
    }
    return found;
  }

  /** The options that stand in the wording as consecutive words, each outside of the others. */
  List<Option> contained() {
    List<Option> contained = new ArrayList<>(2);
    for (Option option : prompt.options()) {
      if (prompt.options().stream().allMatch(other -> isNamedOutside(option, other))) {
        contained.add(option);
      }
    }
    return contained;
  }

  /** Whether an option is there more often than within another one that is there. */
  private boolean isNamedOutside(Option option, Option other) {
    int count = count(option);
    if (option.is(other) || count == 0) {
      return count > 0;
    }
    for (Answer larger : other.answers()) {
      for (Answer smaller : option.answers()) {
        if (larger.full().size() > smaller.full().size()
            && count <= full.count(larger.full()) * larger.full().count(smaller.full())) {
          return false;
        }
      }
    }
    return true;
  }

  private int count(Option option) {
    int most = 0;
    for (Answer answer : option.answers()) {
      most = Math.max(most, full.count(answer.full()));
    }
    return most;
  }

  /** The one option that the wording is but for slips; null: none, or as near to another. */
  @Nullable Option misspelt() {
    Option nearest = null;
    int least = Integer.MAX_VALUE;
    boolean tie = false;
    for (Option option : prompt.options()) {
      int slips = slips(option);
      if (slips >= 0 && slips <= least) {
        tie = slips == least;
        least = slips;
        nearest = option;
      }
    }
    return tie ? null : nearest;
  }

  private int slips(Option option) {
    int least = Integer.MAX_VALUE;
    for (Answer answer : option.answers()) {
      int ofFull = prompt.spelling().slips(full, answer.full());
      int extra = full.size() - answer.full().size();
      if (ofFull < 0 && extra > 0 && extra <= MAX_MISSPELT_ARTICLES) {
        ofFull = prompt.spelling().slips(withoutMisspeltArticles(), answer.full());
      }
      int ofLean = prompt.spelling().slips(lean, answer.lean());
      least = Math.min(least, ofFull < 0 ? Integer.MAX_VALUE : ofFull);
      least = Math.min(least, ofLean < 0 ? Integer.MAX_VALUE : ofLean);
    }
    return least == Integer.MAX_VALUE ? -1 : least;
  }

  private Wording withoutMisspeltArticles() {
    return new Wording(
        full.terms().stream()
            .filter(term -> !prompt.spelling().isMisspeltArticle(term.surface()))
            .toList());
  }

  /** All options that the wording names at all. */
  List<Option> named() {
    List<Option> named = equal();
    if (named.isEmpty()) {
      named = contained();
    }
    if (named.isEmpty()) {
      Option misspelt = misspelt();
      return misspelt == null ? List.of() : List.of(misspelt);
    }
    return named;
  }
}
