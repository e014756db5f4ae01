package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.DrillVersionCodec;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.standalone.http.Problem;
import java.util.List;

/** {@code /drills}: what is published now. */
public final class DrillResource implements Resource {
  private final DrillCatalogue catalogue;

  public DrillResource(DrillCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/drills", this::list), Route.get("/drills/{slug}", this::show));
  }

  private Reply list(Call call) {
    DrillSlug after = Request.query(call, "after", DrillSlug::new);
    int limit = Request.limit(call);
    List<DrillVersion> page =
        catalogue.all().stream()
            .filter(drill -> after == null || drill.slug().compareTo(after) > 0)
            .limit(limit)
            .toList();
    return Reply.page(
        page,
        page.size() < limit ? null : page.getLast().slug().value(),
        (json, version) -> {
          json.writeStartObject();
          json.writeStringProperty("slug", version.slug().value());
          json.writeStringProperty("name", version.drill().name());
          json.writeStringProperty("version", version.id());
          json.writeNumberProperty("prompts", version.drill().prompts().size());
          json.writeEndObject();
        });
  }

  private Reply show(Call call) {
    DrillSlug slug = Request.path(call, "slug", DrillSlug::new);
    DrillVersion version =
        catalogue.find(slug).orElseThrow(() -> Problem.notFound("there is no such drill"));
    return Reply.json(json -> json.writeRawValue(DrillVersionCodec.encode(version)));
  }
}
