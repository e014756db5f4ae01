package co.stopcovid.adapters.content;

import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PublishedDrills;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drills of a folder, read anew once its files have changed and have then been still from one
 * look to the next: an editor or a copy may write them one by one. Content that cannot be taught
 * from is not taken: the last good one stays. Learners in a drill keep the version that they are
 * in, as always. Threads may share it; one looks.
 */
public final class WatchedFolder implements DrillCatalogue, ContentWatch {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);

  /** The folder, {@code drills} and {@code languages}. */
  private static final int DEPTH = 2;

  private static final int MOST_FILES = 20_000;

  private final Path folder;
  private final LanguageTables languages;
  private final InstantSource clock;
  private volatile PublishedDrills drills;
  private volatile @Nullable ContentFailure failure;

  /** The files that are taught from, those that were refused last, and those of the last look. */
  private SortedMap<String, String> taught;

  private @Nullable SortedMap<String, String> refused;
  private SortedMap<String, String> seen;

  /**
   * Reads the content.
   *
   * @throws ContentException with the findings, when it cannot be taught from
   */
  public WatchedFolder(Path folder, LanguageTables languages, InstantSource clock) {
    this.folder = folder;
    this.languages = languages;
    this.clock = clock;
    try {
      taught = files();
    } catch (IOException | UncheckedIOException e) {
      // What is wrong with it is said by those who read it; here it is just not known yet.
      taught = new TreeMap<>();
    }
    seen = taught;
    drills = CheckedCourse.read(folder, languages);
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return drills.find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return drills.all();
  }

  @Override
  public EngineTexts texts() {
    return drills.texts();
  }

  @Override
  public Optional<ContentFailure> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized boolean look() {
    try {
      return look(files());
    } catch (IOException | UncheckedIOException e) {
      refuse("%s: the content folder cannot be read: %s".formatted(folder, e.getMessage()));
      return false;
    }
  }

  private boolean look(SortedMap<String, String> now) throws IOException {
    boolean isStill = now.equals(seen);
    seen = now;
    if (now.equals(taught)) {
      if (failure != null) {
        LOG.info("content is again what is taught: folder={}", folder);
      }
      failure = null;
      refused = null;
      return false;
    }
    return isStill && !now.equals(refused) && read(now);
  }

  private boolean read(SortedMap<String, String> now) throws IOException {
    PublishedDrills next;
    try {
      next = CheckedCourse.read(folder, languages);
    } catch (ContentException e) {
      refused = now;
      refuse(String.valueOf(e.getMessage()));
      return false;
    }
    if (!files().equals(now)) {
      // It was changed while it was read, and may be half of either.
      return false;
    }
    taught = now;
    refused = null;
    failure = null;
    LOG.info(
        "content published: folder={} drills={} new_versions={}",
        folder,
        next.all().size(),
        newVersions(next));
    drills = next;
    return true;
  }

  private long newVersions(PublishedDrills next) {
    Set<String> before =
        drills.all().stream().map(DrillVersion::id).collect(Collectors.toCollection(HashSet::new));
    return next.all().stream().filter(version -> !before.contains(version.id())).count();
  }

  /** Told once for each reason, in full: an author looks for the file and the line. */
  private void refuse(String reason) {
    ContentFailure before = failure;
    if (before == null || !before.reason().equals(reason)) {
      LOG.error("content refused, what was taught before goes on: {}", reason.strip());
    }
    failure = new ContentFailure(before == null ? clock.instant() : before.since(), reason);
  }

  /** The files by their names, each with what changes when somebody writes it. */
  private SortedMap<String, String> files() throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> found =
        Files.find(folder, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
      for (Path file : (Iterable<Path>) found::iterator) {
        if (!file.getFileName().toString().startsWith(".")) {
          files.put(folder.relativize(file).toString(), stamp(file));
        }
        if (files.size() > MOST_FILES) {
          throw new IOException("it holds more than %d files".formatted(MOST_FILES));
        }
      }
    }
    return files;
  }

  private static String stamp(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return "%s %d %s"
        .formatted(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }
}
