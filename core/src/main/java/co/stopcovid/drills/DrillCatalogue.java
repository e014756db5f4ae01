package co.stopcovid.drills;

import java.util.List;
import java.util.Optional;

/**
 * The drills that are published now. Whatever it is asked, it throws {@link ContentException} when
 * there is no content that can be taught from: ask again later.
 */
public interface DrillCatalogue {
  Optional<DrillVersion> find(DrillSlug slug);

  /** All published drills in the order of their slugs, which is the order they are taught in. */
  List<DrillVersion> all();

  /** The organisation's texts outside any drill. */
  EngineTexts texts();
}
