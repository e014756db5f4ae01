package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.contract.ProgressStoreContract;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresProgressStoreTest extends ProgressStoreContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @Override
  protected Adapters empty() {
    return PostgresProgress.empty(POSTGRES);
  }

  @Override
  protected Adapters second() {
    return PostgresProgress.adapters(POSTGRES.second());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users set profile = '{}'",
        "users set profile = 'null'",
        "users set profile = jsonb_set(profile, '{language}', '\"klingon!\"')",
        "phone_numbers set seq = 'x'",
        "drill_statuses set drill_slug = '' where started_time is not null and",
        "drill_instances set current_prompt_slug = ''"
      })
  void aLearnerWhoCannotBeReadIsLeftOutAlone(String damage) {
    LearnerStory ana = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
    LearnerStory ben = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
    LearnerStory cem = LearnerStory.ofSomeone().registers("Acme").starts(FIRST);
    tell(ana, ben, cem);
    POSTGRES.execute(
        "update %s%s user_id = '%s'"
            .formatted(damage, damage.endsWith("and") ? "" : " where", idOf(ben)));

    assertThat(store().find(Set.of(ana.phone(), ben.phone(), cem.phone())))
        .containsOnlyKeys(ana.phone(), cem.phone());
    assertThat(store().load(Set.of(idOf(ana), idOf(ben), idOf(cem))))
        .containsOnlyKeys(idOf(ana), idOf(cem));
    assertThat(first().directory().page(null, null, 2)).hasSize(2);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}
