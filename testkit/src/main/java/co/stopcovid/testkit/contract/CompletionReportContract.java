package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.CompletionReport.Filter;
import co.stopcovid.progress.CompletionReport.Row;
import co.stopcovid.testkit.LearnerStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link CompletionReport} must do. */
public abstract class CompletionReportContract extends StoredProgress {
  private CompletionReport report() {
    return first().report();
  }

  private static LearnerStory at(String company) {
    return LearnerStory.ofSomeone().registers(company);
  }

  private static final Filter ACME = new Filter("Acme", false);

  @Test
  void withoutLearnersThereAreNoRows() {
    assertThat(report().page(Filter.ALL, null, 10)).isEmpty();
    assertThat(report().page(ACME, null, 10)).isEmpty();
  }

  @Test
  void startedAndCompletedAreCountedByCompanyAndDrill() {
    tell(
        at("Acme").starts(FIRST).completes().starts(SECOND),
        at("Acme").starts(FIRST),
        at("Acme"),
        at("Beta").starts(FIRST).completes().starts(FIRST));

    assertThat(report().page(Filter.ALL, null, 10))
        .containsExactly(
            new Row("Acme", FIRST.slug(), 3, 2, 1),
            new Row("Acme", SECOND.slug(), 3, 1, 0),
            new Row("Acme", THIRD.slug(), 3, 0, 0),
            new Row("Beta", FIRST.slug(), 1, 1, 1),
            new Row("Beta", SECOND.slug(), 1, 0, 0),
            new Row("Beta", THIRD.slug(), 1, 0, 0));
  }

  @Test
  void ratesAreOfAllLearnersOfTheRow() {
    Row row = new Row("Acme", FIRST.slug(), 4, 3, 1);

    assertThat(row.startedRate()).isEqualTo(0.75);
    assertThat(row.completedRate()).isEqualTo(0.25);
    assertThat(new Row("Acme", FIRST.slug(), 0, 0, 0).startedRate()).isZero();
  }

  @Test
  void whoIsNotRegisteredDoesNotCountAndDemoLearnersOnlyOnRequest() {
    tell(
        at("Acme"),
        LearnerStory.ofSomeone().failsToRegister(),
        LearnerStory.ofSomeone().registers(true, Map.of("company", "Acme")).starts(FIRST));

    assertThat(report().page(Filter.ALL, null, 1))
        .containsExactly(new Row("Acme", FIRST.slug(), 1, 0, 0));
    assertThat(report().page(new Filter(null, true), null, 1))
        .containsExactly(new Row("Acme", FIRST.slug(), 2, 1, 0));
  }

  @Test
  void oneCompanyCanBeAskedForAndThatWithoutName() {
    tell(at("Acme"), at("Beta").starts(FIRST), LearnerStory.ofSomeone().registers(false, Map.of()));

    assertThat(report().page(new Filter("Beta", false), null, 1))
        .containsExactly(new Row("Beta", FIRST.slug(), 1, 1, 0));
    assertThat(report().page(new Filter("", false), null, 1))
        .containsExactly(new Row("", FIRST.slug(), 1, 0, 0));
    assertThat(report().page(new Filter("Acm", false), null, 1)).isEmpty();
  }

  /** As StopCOVID's registration names them. */
  @Test
  void unitsOfACompanyAreCountedApart() {
    tell(
        in("Crab Shack", "Kitchen").starts(FIRST),
        in("Crab Shack", "Bar"),
        in("Crab Shack", "Kitchen"));

    assertThat(report().page(new Filter("Crab Shack", false), null, 10))
        .startsWith(
            new Row("Crab Shack", "Bar", FIRST.slug(), 1, 0, 0),
            new Row("Crab Shack", "Bar", SECOND.slug(), 1, 0, 0),
            new Row("Crab Shack", "Bar", THIRD.slug(), 1, 0, 0),
            new Row("Crab Shack", "Kitchen", FIRST.slug(), 2, 1, 0));
    assertThat(report().page(new Filter("crab shack", "KITCHEN", false), null, 1))
        .containsExactly(new Row("Crab Shack", "Kitchen", FIRST.slug(), 2, 1, 0));
    assertThat(report().page(new Filter(null, "", false), null, 1)).isEmpty();
  }

  private static LearnerStory in(String employer, String unit) {
    return LearnerStory.ofSomeone()
        .registers(false, Map.of("employer_name", employer, "unit_name", unit, "unit_id", 429L));
  }

  @Test
  void namesThatDifferInCaseAndSpacesAreOne() {
    tell(
        at("ACME"),
        at("Acme "),
        in(" acme", "Bar"),
        in("Acme", "BAR "),
        at("Acme\u00a0 Foods"),
        at("Acme Foods"),
        at("Ácme"));

    assertThat(report().page(Filter.ALL, null, 100))
        .filteredOn(row -> row.drill().equals(FIRST.slug()))
        .containsExactly(
            new Row("ACME", "", FIRST.slug(), 2, 0, 0),
            new Row("Acme", "BAR", FIRST.slug(), 2, 0, 0),
            new Row("Acme Foods", "", FIRST.slug(), 2, 0, 0),
            new Row("Ácme", "", FIRST.slug(), 1, 0, 0));
    assertThat(report().page(new Filter("aCmE", false), null, 100)).hasSize(6);
  }

  @Test
  void whoOptedOutStillCounts() {
    tell(at("Acme").starts(FIRST).completes().optsOut());

    assertThat(report().page(Filter.ALL, null, 1))
        .containsExactly(new Row("Acme", FIRST.slug(), 1, 1, 1));
  }

  @Test
  void pagesLeaveNoRowOutAndRepeatNone() {
    List<LearnerStory> stories = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      stories.add(at("Company " + i));
    }
    tell(stories.toArray(LearnerStory[]::new));
    List<Row> all = report().page(Filter.ALL, null, 1000);

    for (int limit : new int[] {1, 2, 7, 134, 135}) {
      List<Row> seen = new ArrayList<>();
      List<Row> page = report().page(Filter.ALL, null, limit);
      while (page.size() == limit) {
        seen.addAll(page);
        page = report().page(Filter.ALL, seen.getLast(), limit);
      }
      seen.addAll(page);
      assertThat(seen).as("pages of %d", limit).isEqualTo(all).hasSize(135);
    }
  }
}
