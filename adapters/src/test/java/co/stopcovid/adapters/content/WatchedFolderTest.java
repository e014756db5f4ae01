package co.stopcovid.adapters.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real folder in which an author works. A look stands for a second. */
final class WatchedFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final DrillSlug SOAP = new DrillSlug("01-soap");
  private static final DrillSlug MASKS = new DrillSlug("02-masks");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(NOON);

  private final SortedMap<DrillSlug, String> questions = new TreeMap<>();

  @BeforeEach
  void write() throws IOException {
    write(SOAP, "Do you use soap? Reply yes or no.");
  }

  private void write(DrillSlug slug, String question) throws IOException {
    questions.put(slug, question);
    save();
  }

  private void save() throws IOException {
    String drills =
        questions.entrySet().stream()
            .map(each -> drill(each.getKey(), each.getValue()))
            .collect(Collectors.joining(",\n"));
    Files.writeString(file(), "{" + drills + "}");
  }

  private static String drill(DrillSlug slug, String question) {
    return """
        "SLUG": {"name": "A drill", "slug": "SLUG", "prompts": [
          {"slug": "question", "messages": [{"text": "QUESTION"}], "correct_response": "yes"},
          {"slug": "end", "messages": [{"text": "That is all."}]}]}"""
        .replace("SLUG", slug.value())
        .replace("QUESTION", question);
  }

  private Path file() {
    return folder.resolve("drills.json");
  }

  private WatchedFolder watched() {
    return new WatchedFolder(folder, BuiltInLanguages.load(), clock);
  }

  private static String version(WatchedFolder content, DrillSlug slug) {
    return content.find(slug).map(DrillVersion::id).orElse("none");
  }

  @Test
  void whatStaysAsItIsIsNotReadAgain() {
    WatchedFolder content = watched();
    assertThat(content.look()).isFalse();
    assertThat(content.look()).isFalse();
    assertThat(content.failure()).isEmpty();
  }

  @Test
  void anotherTextAndANewDrillAreTaughtOnceTheFilesAreStill() throws IOException {
    WatchedFolder content = watched();
    String before = version(content, SOAP);
    write(SOAP, "Do you always use soap? Reply yes or no.");
    write(MASKS, "Do you wear a mask? Reply yes or no.");

    assertThat(content.look()).as("an author may still be writing").isFalse();
    assertThat(version(content, SOAP)).isEqualTo(before);
    assertThat(content.look()).isTrue();

    assertThat(version(content, SOAP)).isNotEqualTo(before);
    assertThat(content.all()).extracting(DrillVersion::slug).containsExactly(SOAP, MASKS);
    assertThat(content.look()).isFalse();
  }

  @Test
  void whileFilesGoOnChangingNothingIsRead() throws IOException {
    WatchedFolder content = watched();
    for (int i = 0; i < 5; i++) {
      write(MASKS, "Do you wear a mask" + "!".repeat(i) + "? Reply yes or no.");
      assertThat(content.look()).isFalse();
    }
    assertThat(content.look()).isTrue();
  }

  @Test
  void aDrillThatIsRemovedIsTaughtNoMore() throws IOException {
    write(MASKS, "Do you wear a mask? Reply yes or no.");
    WatchedFolder content = watched();
    questions.remove(MASKS);
    save();
    content.look();
    assertThat(content.look()).isTrue();
    assertThat(content.find(MASKS)).isEmpty();
  }

  @Test
  void contentThatCannotBeTaughtIsRefusedAndTheOldStays() throws IOException {
    WatchedFolder content = watched();
    String before = version(content, SOAP);
    write(SOAP, "Do you use {{soap}}? Reply yes or no.");
    content.look();
    assertThat(content.look()).isFalse();

    assertThat(version(content, SOAP)).isEqualTo(before);
    assertThat(content.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.summary()).startsWith("drills.json").contains("error");
              assertThat(failure.since()).isEqualTo(NOON);
            });
  }

  @Test
  void itIsRefusedOnceAndMendedContentIsTaken() throws IOException {
    WatchedFolder content = watched();
    Files.writeString(file(), "{");
    content.look();
    content.look();
    clock.advance(Duration.ofMinutes(5));
    content.look();
    assertThat(content.failure())
        .hasValueSatisfying(failure -> assertThat(failure.since()).isEqualTo(NOON));

    write(SOAP, "Do you use soap now? Reply yes or no.");
    content.look();
    assertThat(content.look()).isTrue();
    assertThat(content.failure()).isEmpty();
  }

  @Test
  void contentThatIsTakenBackIsNoFailureAnyMore() throws IOException {
    WatchedFolder content = watched();
    FileTime time = Files.getLastModifiedTime(file());
    String good = Files.readString(file());
    Files.writeString(file(), "{");
    content.look();
    content.look();
    assertThat(content.failure()).isPresent();

    Files.writeString(file(), good);
    Files.setLastModifiedTime(file(), time);
    content.look();
    assertThat(content.failure()).isEmpty();
  }

  @Test
  void aFolderThatGoesAwayIsAFailureAndTheOldStays() throws IOException {
    WatchedFolder content = watched();
    Path away = folder.resolveSibling("away-" + System.nanoTime());
    Files.move(folder, away);
    try {
      assertThat(content.look()).isFalse();
      assertThat(content.failure()).isPresent();
      assertThat(content.find(SOAP)).isPresent();
    } finally {
      Files.move(away, folder);
    }
    content.look();
    assertThat(content.failure()).isEmpty();
  }

  @Test
  void hiddenFilesOfEditorsChangeNothing() throws IOException {
    WatchedFolder content = watched();
    Files.writeString(folder.resolve(".drills.json.swp"), "half a");
    content.look();
    assertThat(content.look()).isFalse();
  }

  @Test
  void contentThatIsBadFromTheStartIsRefused() throws IOException {
    Files.writeString(file(), "{");
    assertThatThrownBy(this::watched)
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("drills.json:1");
  }
}
