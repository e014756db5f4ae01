package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Messages;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.Undelivered;
import co.stopcovid.standalone.http.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Messages that no rule fitted, and those that did not reach their learners. */
public final class MessageResource implements Resource {
  private static final int LARGEST_BODY = 20_000;
  private static final int MOST_DAYS = 366;

  private final Messages messages;
  private final InstantSource clock;

  public MessageResource(Messages messages, InstantSource clock) {
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/messages/unhandled", this::unhandled),
        Route.post("/messages/unhandled/{phone}/{seq}/answer", this::answer),
        Route.post(
            "/messages/unhandled/{phone}/{seq}/settle",
            call -> Reply.nothing(messages.settle(call.by(), Request.phone(call), seq(call)))),
        Route.get("/messages/undelivered", this::undelivered));
  }

  private Reply unhandled(Call call) {
    MessageLog.Place after =
        Request.query(
            call,
            "after",
            text -> {
              Cursor cursor = Cursor.decode(text, 3);
              return new MessageLog.Place(
                  cursor.time(0),
                  new PhoneNumber(cursor.part(1)),
                  SequenceNumber.parse(cursor.part(2)));
            });
    int limit = Request.limit(call);
    List<ReceivedMessage> page = Reply.value(messages.unhandled(call.by(), after, limit));
    return Reply.page(
        page, page.size() < limit ? null : cursor(page.getLast()), MessageJson::write);
  }

  private static String cursor(ReceivedMessage last) {
    return Cursor.encode(
        Long.toString(last.receivedTime().toEpochMilli()),
        last.phone().value(),
        last.seq().toString());
  }

  private static SequenceNumber seq(Call call) {
    return Request.path(call, "seq", SequenceNumber::parse);
  }

  private Reply answer(Call call) throws IOException {
    String text =
        Fields.of(Request.json(call, LARGEST_BODY), "the body").only("message").text("message");
    return CommandResource.taken(
        Reply.value(messages.answer(call.by(), Request.phone(call), seq(call), text)));
  }

  private Reply undelivered(Call call) {
    Integer given = Request.query(call, "days", Integer::valueOf);
    int days = given == null ? 7 : given;
    if (days < 1 || days > MOST_DAYS) {
      throw Problem.badRequest("days: must be 1 to " + MOST_DAYS);
    }
    Instant since = clock.instant().minus(Duration.ofDays(days));
    List<Undelivered.Count> counts =
        Reply.value(messages.undelivered(call.by(), since, Request.limit(call)));
    return Reply.page(counts, null, MessageJson::write);
  }
}
