package co.stopcovid.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.aws.local.TinyS3;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class S3DrillCatalogueTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("project.root", ""), "content").toAbsolutePath();
  private static final LanguageTables LANGUAGES = BuiltInLanguages.load();
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final String PREFIX = "content/";

  /** Enough of the SDK's own tries fail, too. */
  private static final int OUTAGE = 100;

  // Small pages, so that a listing has several.
  private final TinyS3 s3 = TinyS3.start("bucket", 3);
  private final TestClock clock = new TestClock(Samples.NOON);

  @AfterEach
  void stop() {
    s3.close();
  }

  private S3DrillCatalogue catalogue() {
    return new S3DrillCatalogue(s3.client(), "bucket", PREFIX, LANGUAGES, clock, INTERVAL);
  }

  private S3DrillCatalogue sampleCatalogue() {
    s3.putFolder(SAMPLE, PREFIX);
    s3.put("other/drills.json", "not for us");
    return catalogue();
  }

  @Test
  void teachesWhatTheFolderOnThisMachineTeaches() {
    var local = CourseReader.read(SAMPLE).publish(LANGUAGES);

    S3DrillCatalogue catalogue = sampleCatalogue();

    assertThat(catalogue.all()).isEqualTo(local.all()).isNotEmpty();
    DrillSlug slug = local.all().getFirst().slug();
    assertThat(catalogue.find(slug)).isEqualTo(local.find(slug));
    assertThat(catalogue.find(new DrillSlug("none"))).isEmpty();
    assertThat(catalogue.failure()).isEmpty();
  }

  @Test
  void theWholeBucketMayBeTheFolder() {
    s3.putFolder(SAMPLE, "");

    var catalogue = new S3DrillCatalogue(s3.client(), "bucket", "", LANGUAGES, clock, INTERVAL);

    assertThat(catalogue.all()).hasSize(4);
  }

  @Test
  void newContentIsNoticedAfterTheInterval() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    List<DrillVersion> before = catalogue.all();
    s3.delete(PREFIX + "drills/04-feeling-ill.yaml");
    rewrite();

    clock.advance(INTERVAL.minusMillis(1));
    assertThat(catalogue.all()).isEqualTo(before);

    clock.advance(Duration.ofMillis(1));
    assertThat(catalogue.all()).hasSize(3).isEqualTo(before.subList(0, 3));
    assertThat(catalogue.failure()).isEmpty();
  }

  @Test
  void aChangedTextIsANewVersion() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    List<DrillVersion> before = catalogue.all();

    s3.put(
        PREFIX + "languages/en.yaml",
        english().replace("Take good care of yourself!", "Take care!"));
    clock.advance(INTERVAL);

    assertThat(catalogue.all().getLast().slug()).isEqualTo(before.getLast().slug());
    assertThat(catalogue.all().getLast()).isNotEqualTo(before.getLast());
    assertThat(catalogue.all().subList(0, 3)).isEqualTo(before.subList(0, 3));
  }

  @Test
  void itLooksNoMoreOftenThanTheIntervalAndReadsNothingThatItKnows() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    int atStart = s3.requests();

    for (int i = 0; i < 50; i++) {
      catalogue.all();
      catalogue.texts();
    }
    assertThat(s3.requests()).isEqualTo(atStart);

    clock.advance(INTERVAL);
    catalogue.all();
    catalogue.all();
    assertThat(s3.requests() - atStart).isEqualTo(pages());
  }

  @Test
  void badContentIsRefusedWithItsFindingsAndTheLastGoodStays() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    List<DrillVersion> before = catalogue.all();
    s3.put(PREFIX + "drills/05-bad.yaml", "drill: 05-bad\nprompts: none\n");
    clock.advance(INTERVAL);

    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(catalogue.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.since()).isEqualTo(clock.instant());
              assertThat(failure.reason()).contains("drills/05-bad.yaml").contains("error");
            });

    var refusedSince = clock.instant();
    int requests = s3.requests();
    clock.advance(INTERVAL);
    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(s3.requests() - requests)
        .as("what was refused is not read again")
        .isEqualTo(pages());
    assertThat(catalogue.failure())
        .hasValueSatisfying(failure -> assertThat(failure.since()).isEqualTo(refusedSince));

    s3.delete(PREFIX + "drills/05-bad.yaml");
    clock.advance(INTERVAL);
    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(catalogue.failure()).isEmpty();
  }

  @Test
  void aCheckThatFailsKeepsTheLastGoodAndTheNextOneMayWork() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    List<DrillVersion> before = catalogue.all();
    s3.delete(PREFIX + "drills/04-feeling-ill.yaml");
    rewrite();
    s3.failNext(OUTAGE);
    clock.advance(INTERVAL);

    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(catalogue.failure())
        .hasValueSatisfying(failure -> assertThat(failure.reason()).contains("cannot be read"));

    s3.failNext(0);
    clock.advance(INTERVAL);
    assertThat(catalogue.all()).hasSize(3);
    assertThat(catalogue.failure()).isEmpty();
  }

  /** The listing fails, works, and has nothing new: what was wrong is over. */
  @Test
  void aFailureIsOverWhenTheOldContentCanBeListedAgain() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    s3.failNext(OUTAGE);
    clock.advance(INTERVAL);
    catalogue.all();
    assertThat(catalogue.failure()).isPresent();

    s3.failNext(0);
    clock.advance(INTERVAL);
    catalogue.all();

    assertThat(catalogue.failure()).isEmpty();
  }

  @Test
  void contentThatChangesWhileItIsReadIsReadAtTheNextCheck() {
    S3DrillCatalogue catalogue = sampleCatalogue();
    List<DrillVersion> before = catalogue.all();
    s3.delete(PREFIX + "drills/04-feeling-ill.yaml");
    rewrite();
    s3.beforeNextRead(() -> s3.putFolder(SAMPLE, PREFIX));
    s3.put(PREFIX + "languages/zh.yaml", "language: zh\nname: 中文\n");
    clock.advance(INTERVAL);

    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(catalogue.failure()).isPresent();

    clock.advance(INTERVAL);
    assertThat(catalogue.all()).isEqualTo(before);
    assertThat(catalogue.failure()).isEmpty();
  }

  @Test
  void theFirstReadMustWork() {
    s3.put(PREFIX + "drills/05-bad.yaml", "drill: 05-bad\nprompts: none\n");
    assertThatThrownBy(this::catalogue)
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("05-bad.yaml");

    s3.failNext(OUTAGE);
    assertThatThrownBy(this::catalogue).isInstanceOf(SdkException.class);
  }

  @Test
  void anEmptyFolderAndAMissingBucketAreErrors() {
    assertThatThrownBy(this::catalogue).isInstanceOf(ContentException.class);
    assertThatThrownBy(
            () -> new S3DrillCatalogue(s3.client(), "none", PREFIX, LANGUAGES, clock, INTERVAL))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void aKeyThatLeadsOutOfTheFolderIsRefused() {
    s3.putFolder(SAMPLE, PREFIX);
    s3.put(PREFIX + "drills/../../../escaped.yaml", "x");

    assertThatThrownBy(this::catalogue)
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("escaped.yaml");
  }

  @Test
  void aMarkOfAFolderIsNoFile() {
    s3.put(PREFIX, "");
    s3.put(PREFIX + "drills/", "");

    assertThat(sampleCatalogue().all()).hasSize(4);
  }

  /** Without what only the deleted drill needs. */
  private void rewrite() {
    for (String language : List.of("en", "es", "fr", "pt", "zh")) {
      String file = "languages/" + language + ".yaml";
      String text = read(file);
      int at = text.indexOf("\n  04-feeling-ill:");
      assertThat(at).isPositive();
      s3.put(PREFIX + file, text.substring(0, at + 1));
    }
  }

  private static int pages() {
    return 4;
  }

  private static String english() {
    return read("languages/en.yaml");
  }

  private static String read(String file) {
    try {
      return Files.readString(SAMPLE.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
