package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every {@link DrillVersions} must do. */
public abstract class DrillVersionsContract {
  /** More than the bulk limits of common databases. */
  private static final int MANY = 130;

  private final String slug = "sample-" + UUID.randomUUID();
  private final DrillVersion first = Samples.drill(slug, "What do you need?");
  private final DrillVersion second = Samples.drill(slug, "What helps besides water?");

  /** The store to be tested. Versions of other tests may be in it. */
  protected abstract DrillVersions versions();

  /** The same data as another worker sees it: another instance where the adapter has state. */
  protected abstract DrillVersions secondVersions();

  protected int raceRounds() {
    return 50;
  }

  @Test
  void aVersionComesBackWithAllItsContent() {
    versions().put(List.of(first));

    assertSame(first, versions().get(Set.of(first.id())));
  }

  @Test
  void unknownIdsAreLeftOut() {
    versions().put(List.of(first));

    assertThat(versions().get(Set.of(second.id()))).isEmpty();
    assertThat(versions().get(Set.of(first.id(), second.id(), "0"))).containsOnlyKeys(first.id());
  }

  @Test
  void onlyTheVersionsAskedForComeBack() {
    versions().put(List.of(first, second));

    assertThat(versions().get(Set.of(second.id()))).containsOnlyKeys(second.id());
    assertThat(versions().get(Set.of())).isEmpty();
  }

  @Test
  void aNewVersionOfADrillLeavesTheOlderOneAsItIs() {
    versions().put(List.of(first));
    versions().put(List.of(second));

    Map<String, DrillVersion> found = versions().get(Set.of(first.id(), second.id()));
    assertSame(first, found);
    assertSame(second, found);
  }

  @Test
  void aVersionThatIsThereMayBePutAgainAlongWithOthers() {
    versions().put(List.of(first));
    versions().put(List.of(first, second));
    versions().put(List.of(first));

    Map<String, DrillVersion> found = versions().get(Set.of(first.id(), second.id()));
    assertSame(first, found);
    assertSame(second, found);
  }

  @Test
  void oneVersionMayStandTwiceInACall() {
    versions().put(List.of(first, first));

    assertSame(first, versions().get(Set.of(first.id())));
  }

  @Test
  void nothingMayBePut() {
    versions().put(List.of());

    assertThat(versions().get(Set.of(first.id()))).isEmpty();
  }

  @Test
  void manyVersionsArePutAndFoundAtOnce() {
    List<DrillVersion> many = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      many.add(Samples.drill(slug, "What is " + i + "?"));
    }
    versions().put(many);

    Set<String> ids = new HashSet<>();
    many.forEach(version -> ids.add(version.id()));
    Map<String, DrillVersion> found = versions().get(ids);
    many.forEach(version -> assertSame(version, found));
  }

  @Test
  void anotherWorkerFindsThem() {
    versions().put(List.of(first));

    assertSame(first, secondVersions().get(Set.of(first.id())));
  }

  @Test
  void twoWhoPutTheSameVersionsBothSucceed() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      DrillVersion one = Samples.drill(slug, "What is " + round + "?");
      DrillVersion other = Samples.drill(slug, "What is " + round + " worth?");
      Race.run(
          List.of(
              put(versions(), List.of(one, other)), put(secondVersions(), List.of(other, one))));

      Map<String, DrillVersion> found = versions().get(Set.of(one.id(), other.id()));
      assertSame(one, found);
      assertSame(other, found);
    }
  }

  private static Callable<Boolean> put(DrillVersions versions, Collection<DrillVersion> added) {
    return () -> {
      versions.put(added);
      return true;
    };
  }

  private static void assertSame(DrillVersion expected, Map<String, DrillVersion> found) {
    assertThat(found.get(expected.id()))
        .as("version %s", expected)
        .isNotNull()
        .satisfies(
            version -> {
              assertThat(version.id()).isEqualTo(expected.id());
              assertThat(version.drill()).isEqualTo(expected.drill());
              assertThat(version.translations().asMap()).isEqualTo(expected.translations().asMap());
            });
  }
}
