package co.stopcovid.standalone.manage;

import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Drills that are read when they are asked for: most commands of {@code manage} need none. */
final class DrillsWhenNeeded implements DrillCatalogue {
  private final Supplier<DrillCatalogue> reading;
  private @Nullable DrillCatalogue read;

  DrillsWhenNeeded(Supplier<DrillCatalogue> reading) {
    this.reading = reading;
  }

  private DrillCatalogue drills() {
    DrillCatalogue drills = read == null ? reading.get() : read;
    read = drills;
    return drills;
  }

  @Override
  public Optional<DrillVersion> find(DrillSlug slug) {
    return drills().find(slug);
  }

  @Override
  public List<DrillVersion> all() {
    return drills().all();
  }

  @Override
  public EngineTexts texts() {
    return drills().texts();
  }
}
