package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.testkit.Samples;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetters} must do. */
public abstract class DeadLettersContract {
  private final String source = "source " + UUID.randomUUID();
  private final DeadLetter first = letter("1", "{\"Body\":\"sí 洗手\"}");
  private final DeadLetter second = letter("2", "not JSON at all");
  private final DeadLetter third = letter("3", "");

  /** The dead letters to be tested. Those of other tests may be among them. */
  protected abstract DeadLetters letters();

  private DeadLetter letter(String id, String payload) {
    return new DeadLetter(source, id, payload, "malformed: no \"type\"", Samples.NOON);
  }

  @Test
  void theyAreKeptWholeInTheOrderInWhichTheyCame() {
    letters().add(List.of(first, second));
    letters().add(List.of(third));

    assertThat(mine()).extracting(DeadLetters.Stored::letter).containsExactly(first, second, third);
    assertThat(mine()).extracting(DeadLetters.Stored::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsThereStaysAsItIs() {
    letters().add(List.of(first));
    letters().add(List.of(letter("1", "other"), second));

    assertThat(mine()).extracting(DeadLetters.Stored::letter).containsExactly(first, second);
  }

  @Test
  void theSameIdOfAnotherSourceIsAnotherLetter() {
    var other = new DeadLetter(source + " 2", "1", "other", "reason", Samples.NOON);
    letters().add(List.of(first, other));

    assertThat(all()).extracting(DeadLetters.Stored::letter).contains(first, other);
  }

  @Test
  void aPageIsNoLongerThanItsLimitAndTheNextGoesOnBehindIt() {
    letters().add(List.of(first, second, third));
    long before = mine().getFirst().id() - 1;

    List<DeadLetters.Stored> page = letters().after(before, 2);
    List<DeadLetters.Stored> next = letters().after(page.getLast().id(), 2);

    assertThat(page).hasSize(2);
    assertThat(next).doesNotContainAnyElementsOf(page);
    assertThat(next.getFirst().id()).isGreaterThan(page.getLast().id());
  }

  @Test
  void thoseOfOneSourceComeAlone() {
    var other = new DeadLetter(source + " 2", "1", "other", "reason", Samples.NOON);
    letters().add(List.of(first, other, second, third));

    List<DeadLetters.Stored> page = letters().after(source, 0, 2);
    assertThat(page).extracting(DeadLetters.Stored::letter).containsExactly(first, second);
    assertThat(letters().after(source, page.getLast().id(), 2))
        .extracting(DeadLetters.Stored::letter)
        .containsExactly(third);
  }

  @Test
  void oneIsFoundByItsIdUntilItIsDeleted() {
    letters().add(List.of(first, second));
    DeadLetters.Stored stored = mine().getFirst();

    assertThat(letters().find(stored.id())).contains(stored);
    assertThat(letters().delete(stored.id())).isTrue();
    assertThat(letters().find(stored.id())).isEmpty();
    assertThat(letters().delete(stored.id())).isFalse();
    assertThat(mine()).extracting(DeadLetters.Stored::letter).containsExactly(second);
  }

  @Test
  void nothingMayBeAdded() {
    letters().add(List.of());

    assertThat(mine()).isEmpty();
  }

  private List<DeadLetters.Stored> mine() {
    return all().stream().filter(stored -> stored.letter().source().equals(source)).toList();
  }

  private List<DeadLetters.Stored> all() {
    return letters().after(0, 10_000);
  }
}
