package co.stopcovid.standalone.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.postgres.Connections;
import co.stopcovid.adapters.postgres.CopyManifest;
import co.stopcovid.adapters.postgres.Database;
import co.stopcovid.adapters.postgres.DatabaseCopy;
import co.stopcovid.adapters.postgres.DatabaseRestore;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.postgres.UnfitDatabaseException;
import co.stopcovid.standalone.database.DatabaseVisit;
import co.stopcovid.standalone.database.EmbeddedDatabase;
import co.stopcovid.standalone.database.RestoredDatabase;
import co.stopcovid.testkit.TestClock;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of the database, and what is made of it. */
class BackupTest {
  private static final String ANA = "+12025550101";

  @TempDir private Path directory;

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);

  private static CopyManifest copy(String url, Path file) throws IOException {
    try (var connections = Connections.open(DatabaseUrl.parse(url), 1)) {
      return DatabaseCopy.write(new Database(connections), file, ServiceUnderTest.MORNING);
    }
  }

  private static CopyManifest copy(DatabaseUrl url, Path file) throws IOException {
    try (var connections = Connections.open(url, 1)) {
      return DatabaseCopy.write(new Database(connections), file, ServiceUnderTest.MORNING);
    }
  }

  private static void restore(Path file, Path data) {
    try (var copy = new DatabaseRestore(file)) {
      RestoredDatabase.make(data, copy);
    }
  }

  @Test
  void allThatWasThereIsThereAgainAndTeachingGoesOn() throws Exception {
    Path file = directory.resolve("copy.zip");
    CopyManifest copied;
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      service.exchange(ANA, "1", "Welcome!", "What is your first name?");
      service.settle();
      copied = copy(service.url, file);
      assertThat(copied.rows()).isGreaterThan(20);
      // What comes after it is not in it.
      service.exchange("+12025550102", "acme", "Hygiene course");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Path data = directory.resolve("data");
    restore(file, data);
    try (var database = EmbeddedDatabase.start(data)) {
      CopyManifest again = copy(database.url(), directory.resolve("again.zip"));
      assertThat(again).as("every table, and every sequence").isEqualTo(copied);
    }

    try (var service =
        ServiceUnderTest.start(
            clock, Map.of("DIALOG_DATABASE_URL", "", "DIALOG_DATA_DIR", data.toString()))) {
      // Numbers of Twilio's that were not used before the copy.
      service.webhooks.receive("SM" + "c".repeat(32), ANA, "Ana");
      service.assertAnswered(ANA, 0, "Thank you Ana", "Water alone");
    }
  }

  private Path aCopy() throws IOException {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      Path file = directory.resolve("copy.zip");
      copy(service.url, file);
      return file;
    }
  }

  @Test
  void whatCannotBeTakenIsRefusedAndLeavesNothing() throws IOException {
    Path file = aCopy();
    assertThatThrownBy(() -> copy(DurablePostgres.newDatabase(), file))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining("is there already");

    byte[] all = Files.readAllBytes(file);
    Path data = directory.resolve("data");
    for (int length : new int[] {0, 100, all.length / 2, all.length - 1}) {
      Path cut = directory.resolve("cut-" + length);
      Files.write(cut, Arrays.copyOf(all, length));
      assertRefused(cut, data, "is damaged");
    }
    Path changed = Files.write(directory.resolve("changed"), all);
    try (FileSystem zip = FileSystems.newFileSystem(changed)) {
      Files.writeString(zip.getPath("tables/leases"), "another\n");
    }
    assertRefused(changed, data, "what it says of table leases does not fit");
    Path without = Files.write(directory.resolve("without"), all);
    try (FileSystem zip = FileSystems.newFileSystem(without)) {
      Files.delete(zip.getPath("tables/leases"));
    }
    assertRefused(without, data, "tables/leases is not in it");
    assertRefused(directory.resolve("nowhere"), data, "there is no file");

    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path manifest = zip.getPath("manifest.json");
      String text = Files.readString(manifest);
      Files.writeString(
          manifest,
          text.replaceFirst("\"schema_version\":\"\\d+\"", "\"schema_version\":\"99999\""),
          UTF_8);
    }
    assertRefused(file, data, "is of a newer program");
    assertThat(data).doesNotExist();
    try (var left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("restoring") || name.endsWith(".part"));
    }
  }

  @Test
  void whereDataAreNothingIsRestored() throws IOException {
    Path file = aCopy();
    Path data = directory.resolve("data");
    restore(file, data);
    assertRefused(file, data, "there are data in");
  }

  /** It may be a mount, in a folder in which this user may not write. */
  @Test
  void aFolderThatIsThereIsFilledFromWithin() throws IOException {
    Path file = aCopy();
    Path parent = directory.resolve("parent");
    Path data = Files.createDirectories(parent.resolve("data"));
    Files.writeString(data.resolve("api-token"), "kept-as-it-is");
    // What a restore that was killed has left.
    Files.createDirectories(data.resolve(".restoring/cluster/base"));
    var before = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(parent, before);
    restore(file, data);
    assertThat(Files.getLastModifiedTime(parent)).as("nothing was made beside").isEqualTo(before);
    assertThat(data.resolve("api-token")).hasContent("kept-as-it-is");
    assertThat(data.resolve(".restoring")).doesNotExist();
    try (var database = EmbeddedDatabase.start(data)) {
      assertThat(database.url().jdbc()).isNotEmpty();
    }
  }

  @Test
  void whatAKilledRestoreLeftBesideIsClearedAway() throws IOException {
    Path file = aCopy();
    Path data = directory.resolve("data");
    Files.createDirectories(directory.resolve("data.restoring/cluster/base"));
    Files.createDirectories(data);
    restore(file, data);
    assertThat(directory.resolve("data.restoring")).doesNotExist();
  }

  /** New and empty data in their place would be taken for the restored ones. */
  @ParameterizedTest
  @ValueSource(strings = {"data.restoring/cluster", "data/.restoring/cluster"})
  void aServiceDoesNotBeginWithoutDataWhereARestoreWasCutShort(String left) throws IOException {
    Path data = directory.resolve("data");
    Files.createDirectories(directory.resolve(left));
    assertThatThrownBy(
            () ->
                ServiceUnderTest.start(
                    clock, Map.of("DIALOG_DATA_DIR", data.toString(), "DIALOG_DATABASE_URL", "")))
        .hasMessageContaining("was cut short: run manage restore again, or delete ");
    assertThatThrownBy(() -> DatabaseVisit.open(null, data)).hasMessageContaining("was cut short");
    assertThat(EmbeddedDatabase.isSetUp(data)).isFalse();

    restore(aCopy(), data);
    RestoredDatabase.checkNoneCutShort(data);
    assertThat(EmbeddedDatabase.isSetUp(data)).isTrue();
  }

  private static void assertRefused(Path file, Path data, String words) {
    assertThatThrownBy(() -> restore(file, data))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining(words)
        .message()
        .doesNotContain("\n");
  }
}
