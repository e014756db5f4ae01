package co.stopcovid.adapters.json;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** {@code drill:{slug,version}}: what states and events hold of a drill. */
final class DrillReference {
  private DrillReference() {}

  static DrillVersion read(Fields drill, Function<String, Optional<DrillVersion>> versions) {
    DrillSlug slug = drill.value("slug", "the slug of a drill", DrillSlug::new);
    String id = drill.text("version");
    DrillVersion version =
        versions.apply(id).orElseThrow(() -> new MissingDrillVersionException(slug.value(), id));
    if (!version.slug().equals(slug)) {
      throw drill.malformed("slug", "must be " + version.slug() + " in version " + id);
    }
    return version;
  }

  static void write(JsonGenerator json, DrillVersion drill) {
    json.writeObjectPropertyStart("drill");
    json.writeStringProperty("slug", drill.slug().value());
    json.writeStringProperty("version", drill.id());
    json.writeEndObject();
  }
}
