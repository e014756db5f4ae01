package co.stopcovid.aws.lambda;

import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Content that is read when it is first asked for: not in a function's start, which a snapshot
 * keeps. While that fails, be it bad or out of reach, every question throws {@link
 * ContentException}; it is not read again for a while, since each question would wait for it.
 */
final class AwaitedCatalogue implements DrillCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedCatalogue.class);
  static final Duration PAUSE = Duration.ofSeconds(20);

  private final Supplier<DrillCatalogue> reading;
  private final InstantSource clock;
  private @Nullable DrillCatalogue content;
  private @Nullable ContentException failure;
  private Instant nextTry = Instant.MIN;

  AwaitedCatalogue(Supplier<DrillCatalogue> reading, InstantSource clock) {
    this.reading = reading;
    this.clock = clock;
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return content().find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return content().all();
  }

  @Override
  public EngineTexts texts() {
    return content().texts();
  }

  private synchronized DrillCatalogue content() {
    DrillCatalogue ready = content;
    if (ready != null) {
      return ready;
    }
    ContentException last = failure;
    if (last != null && clock.instant().isBefore(nextTry)) {
      throw new ContentException("the content could not be read a moment ago", last);
    }
    try {
      ready = reading.get();
    } catch (ContentException | SdkException | UncheckedIOException e) {
      LOG.error("there is no content to teach from", e);
      last = new ContentException("the content cannot be read", e);
      failure = last;
      nextTry = clock.instant().plus(PAUSE);
      throw last;
    }
    content = ready;
    return ready;
  }
}
