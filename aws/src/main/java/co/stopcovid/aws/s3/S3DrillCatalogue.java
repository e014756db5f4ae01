package co.stopcovid.aws.s3;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.content.CheckedCourse;
import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PublishedDrills;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The drills of a folder of content in a bucket, in the forms that {@link CourseReader} reads. New
 * content is noticed while it is used. Content that cannot be read or taught is not taken: the last
 * good one stays, and {@link #failure()} says why. Threads may share it.
 */
public final class S3DrillCatalogue implements DrillCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(S3DrillCatalogue.class);

  private final ContentFolder folder;
  private final LanguageTables languages;
  private final InstantSource clock;
  private final Duration interval;
  private final ReentrantLock checking = new ReentrantLock();

  private volatile PublishedDrills drills;
  private volatile @Nullable ContentFailure failure;
  private volatile Instant nextCheck;

  /** The files that are taught from, and those that were refused last: neither is read again. */
  private SortedMap<String, String> taught;

  private @Nullable SortedMap<String, String> refused;

  /**
   * Reads the content.
   *
   * @param prefix of the keys, such as {@code content/}; empty for the whole bucket
   * @param interval new content is looked for at most this often
   * @throws ContentException with the findings, when the content cannot be taught from
   * @throws SdkException when it cannot be read
   */
  public S3DrillCatalogue(
      S3Client s3,
      String bucket,
      String prefix,
      LanguageTables languages,
      InstantSource clock,
      Duration interval) {
    folder = new ContentFolder(s3, bucket, prefix);
    this.languages = languages;
    this.clock = clock;
    this.interval = interval;
    taught = folder.list();
    drills = read(taught);
    nextCheck = clock.instant().plus(interval);
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return current().find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return current().all();
  }

  @Override
  public EngineTexts texts() {
    return current().texts();
  }

  /** Why the newest content is not taught; empty when it is. */
  public Optional<ContentFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Who comes while another looks for new content goes on with what there is. */
  private PublishedDrills current() {
    if (!clock.instant().isBefore(nextCheck) && checking.tryLock()) {
      try {
        check();
      } finally {
        checking.unlock();
      }
    }
    return drills;
  }

  private void check() {
    nextCheck = clock.instant().plus(interval);
    try {
      SortedMap<String, String> now = folder.list();
      if (now.equals(refused)) {
        return;
      }
      if (!now.equals(taught)) {
        refused = now;
        drills = read(now);
        taught = now;
        LOG.info("content event=published drills={}", drills.all().size());
      }
      refused = null;
      failure = null;
    } catch (ContentException e) {
      failed(String.valueOf(e.getMessage()));
      LOG.error("content event=refused reason=\"{}\"", firstLine(e));
    } catch (SdkException | UncheckedIOException e) {
      refused = null;
      failed("the content cannot be read: " + e.getMessage());
      LOG.warn("content event=unread reason=\"{}\"", firstLine(e));
    }
  }

  private void failed(String reason) {
    ContentFailure before = failure;
    failure = new ContentFailure(before == null ? clock.instant() : before.since(), reason);
  }

  private PublishedDrills read(SortedMap<String, String> files) {
    Path copy = folder.copy(files);
    try {
      return CheckedCourse.read(copy, languages);
    } finally {
      ContentFolder.delete(copy);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
