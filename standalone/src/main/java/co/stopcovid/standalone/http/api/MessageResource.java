package co.stopcovid.standalone.http.api;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundLedger.ParkedPlace;
import co.stopcovid.sms.ParkedMessages;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;

/** Conversations, what no rule fitted, and messages that are held back until a person decides. */
public final class MessageResource implements Resource {
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final int MOST_AT_ONE_MOMENT = 10_000;

  private final MessageLog log;
  private final OutboundLedger ledger;
  private final ParkedMessages parked;

  public MessageResource(MessageLog log, OutboundLedger ledger, ParkedMessages parked) {
    this.log = log;
    this.ledger = ledger;
    this.parked = parked;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/learners/{phone}/messages", this::conversation),
        Route.get("/messages/unhandled", this::unhandled),
        Route.post("/messages/unhandled/{phone}/{seq}/settle", this::settle),
        Route.get("/messages/parked", this::parked),
        Route.post("/messages/parked/{phone}/{id}/release", this::release),
        Route.post("/messages/parked/{phone}/{id}/drop", this::drop));
  }

  /** The cursor: the time of the last message of a page, and how many of that time were shown. */
  private record Moment(Instant time, int shown) {
    static Moment parse(String text) {
      Cursor cursor = Cursor.decode(text, 2);
      long shown = cursor.number(1);
      if (shown < 0 || shown > MOST_AT_ONE_MOMENT) {
        throw new IllegalArgumentException("is not what a page gave as next");
      }
      return new Moment(cursor.time(0), (int) shown);
    }

    String text() {
      return Cursor.encode(Long.toString(time.toEpochMilli()), Integer.toString(shown));
    }
  }

  private void conversation(Context context) {
    PhoneNumber phone = Request.phone(context);
    Moment after = Request.query(context, "after", Moment::parse);
    int limit = Request.limit(context);
    Moment from = after == null ? new Moment(LATEST, 0) : after;
    List<LoggedMessage> found =
        log.conversation(phone, from.time().plusMillis(1), limit + from.shown());
    List<LoggedMessage> page = found.stream().skip(from.shown()).toList();
    Reply.page(
        context, page, page.size() < limit ? null : next(page, from).text(), MessageJson::write);
  }

  private static Moment next(List<LoggedMessage> page, Moment from) {
    Instant last = page.getLast().time();
    int shown = (int) page.stream().filter(message -> message.time().equals(last)).count();
    return new Moment(last, last.equals(from.time()) ? from.shown() + shown : shown);
  }

  private void unhandled(Context context) {
    MessageLog.Place after =
        Request.query(
            context,
            "after",
            text -> {
              Cursor cursor = Cursor.decode(text, 3);
              return new MessageLog.Place(
                  cursor.time(0),
                  new PhoneNumber(cursor.part(1)),
                  SequenceNumber.parse(cursor.part(2)));
            });
    int limit = Request.limit(context);
    List<ReceivedMessage> page = log.unhandled(after, limit);
    Reply.page(
        context, page, page.size() < limit ? null : cursor(page.getLast()), MessageJson::write);
  }

  private static String cursor(ReceivedMessage last) {
    return Cursor.encode(
        Long.toString(last.receivedTime().toEpochMilli()),
        last.phone().value(),
        last.seq().toString());
  }

  private void settle(Context context) {
    PhoneNumber phone = Request.phone(context);
    SequenceNumber seq = Request.path(context, "seq", SequenceNumber::parse);
    if (!log.settle(phone, seq)) {
      throw Problem.notFound("there is no such message that is unhandled");
    }
    context.status(HttpStatus.NO_CONTENT);
  }

  private void parked(Context context) {
    ParkedPlace after =
        Request.query(
            context,
            "after",
            text -> {
              Cursor cursor = Cursor.decode(text, 3);
              return new ParkedPlace(
                  cursor.time(0), id(new PhoneNumber(cursor.part(1)), cursor.part(2)));
            });
    int limit = Request.limit(context);
    List<LedgerEntry> page = ledger.parked(after, limit);
    Reply.page(
        context, page, page.size() < limit ? null : cursor(page.getLast()), MessageJson::write);
  }

  private static String cursor(LedgerEntry last) {
    return Cursor.encode(
        Long.toString(last.updatedTime().toEpochMilli()),
        last.id().phone().value(),
        last.id().token());
  }

  private static OutboundId id(PhoneNumber phone, String token) {
    return OutboundId.of(phone, token)
        .orElseThrow(() -> new IllegalArgumentException("must be a message's id, such as 4-0"));
  }

  private void release(Context context) {
    answer(context, parked.release(named(context)));
  }

  private void drop(Context context) {
    answer(context, parked.drop(named(context)));
  }

  private static OutboundId named(Context context) {
    PhoneNumber phone = Request.phone(context);
    return Request.path(context, "id", token -> id(phone, token));
  }

  private static void answer(Context context, ParkedMessages.Outcome outcome) {
    switch (outcome) {
      case DONE -> context.status(HttpStatus.NO_CONTENT);
      case UNKNOWN_MESSAGE -> throw Problem.notFound("there is no such message");
      case NOT_PARKED -> throw Problem.conflict("the message is not held back, or not any more");
      case EXPIRED ->
          throw Problem.conflict("it is too late to send the message; it can be dropped");
    }
  }
}
