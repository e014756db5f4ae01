package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.HeldMessages;
import co.stopcovid.desk.Person;
import co.stopcovid.desk.Result;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger.ParkedPlace;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ParkedMessages.Decided;
import co.stopcovid.sms.ParkedWindow;
import co.stopcovid.standalone.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Messages that are held back until a person decides: one by one, by their windows, and many. */
public final class ParkedResource implements Resource {
  private static final int LARGEST_BODY = 10_000;

  private final HeldMessages held;
  private final InstantSource clock;

  public ParkedResource(HeldMessages held, InstantSource clock) {
    this.held = held;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/messages/parked", this::page),
        Route.get("/messages/parked/windows", this::windows),
        Route.post("/messages/parked/release", call -> decide(call, held::release)),
        Route.post("/messages/parked/drop", call -> decide(call, held::drop)),
        Route.post(
            "/messages/parked/{phone}/{id}/release",
            call -> Reply.nothing(held.release(call.by(), named(call)))),
        Route.post(
            "/messages/parked/{phone}/{id}/drop",
            call -> Reply.nothing(held.drop(call.by(), named(call)))));
  }

  private Reply page(Call call) {
    ParkedPlace after = Request.query(call, "after", ParkedResource::place);
    int limit = Request.limit(call);
    List<LedgerEntry> page = Reply.value(held.page(call.by(), after, limit));
    return Reply.page(
        page,
        page.size() < limit ? null : cursor(ParkedPlace.of(page.getLast())),
        MessageJson::write);
  }

  private static OutboundId named(Call call) {
    PhoneNumber phone = Request.phone(call);
    return Request.path(call, "id", token -> id(phone, token));
  }

  private static OutboundId id(PhoneNumber phone, String token) {
    return OutboundId.of(phone, token)
        .orElseThrow(() -> new IllegalArgumentException("must be a message's id, such as 4-0"));
  }

  private Reply windows(Call call) {
    ParkedPlace after = Request.query(call, "after", ParkedResource::place);
    PhoneNumber phone = Request.query(call, "phone_number", PhoneNumber::new);
    int limit = Request.limit(call);
    List<ParkedWindow> page =
        Reply.value(held.windows(call.by())).windows().stream()
            .filter(window -> phone == null || window.phone().equals(phone))
            .filter(window -> after == null || window.place().compareTo(after) > 0)
            .limit(limit)
            .toList();
    return Reply.page(
        page, page.size() < limit ? null : cursor(page.getLast().place()), this::write);
  }

  private static ParkedPlace place(String text) {
    Cursor cursor = Cursor.decode(text, 3);
    return new ParkedPlace(cursor.time(0), id(new PhoneNumber(cursor.part(1)), cursor.part(2)));
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

  private static Reply decide(Call call, BiFunction<Person, ParkedFilter, Result<Decided>> decision)
      throws IOException {
    Decided decided = Reply.value(decision.apply(call.by(), filter(call)));
    return Reply.object(
        json -> {
          json.writeNumberProperty("messages", decided.messages());
          json.writeNumberProperty("too_late", decided.tooLate());
          json.writeBooleanProperty("more", decided.isMore());
        });
  }

  /** Nobody means all of them by accident. */
  private static ParkedFilter filter(Call call) throws IOException {
    Fields body =
        Fields.of(Request.json(call, LARGEST_BODY), "what to decide about")
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
