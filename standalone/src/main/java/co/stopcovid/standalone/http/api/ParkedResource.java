package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger.ParkedPlace;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ParkedMessages;
import co.stopcovid.sms.ParkedMessages.Decided;
import co.stopcovid.sms.ParkedMessages.Held;
import co.stopcovid.sms.ParkedWindow;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Messages that are held back, many at once: by their windows, and by what they have in common. */
public final class ParkedResource implements Resource {
  private static final int LARGEST_BODY = 10_000;

  private final ParkedMessages parked;
  private final InstantSource clock;

  public ParkedResource(ParkedMessages parked, InstantSource clock) {
    this.parked = parked;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/messages/parked/windows", this::windows),
        Route.post("/messages/parked/release", context -> decide(context, parked::release)),
        Route.post("/messages/parked/drop", context -> decide(context, parked::drop)));
  }

  private void windows(Context context) {
    ParkedPlace after = Request.query(context, "after", ParkedResource::place);
    PhoneNumber phone = Request.query(context, "phone_number", PhoneNumber::new);
    int limit = Request.limit(context);
    Held held = parked.windows();
    List<ParkedWindow> page =
        held.windows().stream()
            .filter(window -> phone == null || window.phone().equals(phone))
            .filter(window -> after == null || window.place().compareTo(after) > 0)
            .limit(limit)
            .toList();
    Reply.page(
        context, page, page.size() < limit ? null : cursor(page.getLast().place()), this::write);
  }

  private static ParkedPlace place(String text) {
    Cursor cursor = Cursor.decode(text, 3);
    OutboundId id =
        OutboundId.of(new PhoneNumber(cursor.part(1)), cursor.part(2))
            .orElseThrow(() -> new IllegalArgumentException("is not what a page gave as next"));
    return new ParkedPlace(cursor.time(0), id);
  }

  private static String cursor(ParkedPlace place) {
    return Cursor.encode(
        Long.toString(place.parkedTime().toEpochMilli()),
        place.id().phone().value(),
        place.id().token());
  }

  private void write(JsonGenerator json, ParkedWindow window) {
    json.writeStartObject();
    json.writeStringProperty("phone_number", window.phone().value());
    json.writeStringProperty("reason", window.reason());
    Json.writeTime(json, "since", window.since());
    Json.writeTime(json, "until", window.until());
    json.writeNumberProperty("messages", window.messages().size());
    json.writeNumberProperty("in_doubt", window.inDoubt());
    json.writeNumberProperty("too_late", window.tooLate(clock.instant()));
    json.writeName("first");
    MessageJson.write(json, window.messages().getFirst());
    json.writeEndObject();
  }

  private static void decide(Context context, Function<ParkedFilter, Decided> decision)
      throws IOException {
    Decided decided = decision.apply(filter(context));
    Reply.object(
        context,
        HttpStatus.OK,
        json -> {
          json.writeNumberProperty("messages", decided.messages());
          json.writeNumberProperty("too_late", decided.tooLate());
          json.writeBooleanProperty("more", decided.isMore());
        });
  }

  /** Nobody means all of them by accident. */
  private static ParkedFilter filter(Context context) throws IOException {
    Fields body =
        Fields.of(Request.json(context, LARGEST_BODY), "what to decide about")
            .only("phone_number", "reason", "since", "until", "all");
    @Nullable PhoneNumber phone = body.has("phone_number") ? body.phone("phone_number") : null;
    @Nullable Instant since = body.timeOrNull("since");
    @Nullable Instant until = body.timeOrNull("until");
    ParkedFilter filter;
    try {
      filter = new ParkedFilter(phone, body.textOrNull("reason"), since, until);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("until: " + e.getMessage());
    }
    if (body.truthOr("all", false) != filter.equals(ParkedFilter.ALL)) {
      throw Problem.badRequest(
          "all: say which messages with phone_number, reason, since or until, or \"all\": true, not both");
    }
    return filter;
  }
}
