package co.stopcovid.standalone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.Migrations;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseVisitTest {
  @TempDir private Path directory;

  private static int one(DatabaseVisit visit) {
    return visit
        .database()
        .read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
  }

  @Test
  void aVisitorComesBesideTheServiceAndWithoutIt() throws IOException {
    assertThatThrownBy(() -> DatabaseVisit.open(null, directory))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining("start the service once");
    try (EmbeddedDatabase service = EmbeddedDatabase.start(directory)) {
      assertThatThrownBy(() -> DatabaseVisit.open(null, directory)).hasMessageContaining("empty");
      Migrations.migrate(service.url());
      try (DatabaseVisit beside = DatabaseVisit.open(null, directory)) {
        assertThat(one(beside)).isEqualTo(1);
      }
      assertThat(PostmasterPid.read(directory.resolve(Server.CLUSTER)).orElseThrow().pid())
          .as("the service's own, still running")
          .isEqualTo(service.pid());
    }
    assertThat(PostmasterPid.read(directory.resolve(Server.CLUSTER))).isEmpty();
    try (DatabaseVisit alone = DatabaseVisit.open(null, directory)) {
      assertThat(one(alone)).isEqualTo(1);
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
          .isInstanceOf(UnfitDatabaseException.class)
          .hasMessageContaining("another");
      try (DatabaseVisit second = DatabaseVisit.open(null, directory)) {
        assertThat(one(second)).isEqualTo(1);
      }
    }
    assertThat(PostmasterPid.read(directory.resolve(Server.CLUSTER))).isEmpty();
  }
}
