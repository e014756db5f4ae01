package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.Undelivered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Learners' messages that no rule fitted, and messages that did not reach their learners. */
public final class Messages {
  private static final Refusal NOT_UNHANDLED =
      Refusal.unknown("there is no such message that is unhandled, or not any more");

  private final Performer performer;
  private final MessageLog log;
  private final Undelivered undelivered;
  private final Orders orders;
  private final Learners learners;

  Messages(Performer performer, DeskPorts ports, Orders orders, Learners learners) {
    this.performer = performer;
    this.log = ports.messages();
    this.undelivered = ports.undelivered();
    this.orders = orders;
    this.learners = learners;
  }

  /** See {@link MessageLog#unhandled(MessageLog.Place, int)}. */
  public Result<List<ReceivedMessage>> unhandled(
      Person by, MessageLog.@Nullable Place after, int limit) {
    return performer.look(
        by, Operation.LIST_UNHANDLED, () -> new Result.Done<>(log.unhandled(after, limit)));
  }

  /**
   * Answers an unhandled message in a person's own words, and settles it. The same words are one
   * answer, so that what is cut short can be repeated. Of two people who answer at once with
   * different words both are heard: nobody is told that words are on their way which are not.
   */
  public Result<SequenceNumber> answer(
      Person by, PhoneNumber phone, SequenceNumber seq, String text) {
    return performer.change(
        by,
        Operation.ANSWER_MESSAGE,
        () -> new Subject.Message(learners.id(phone), seq),
        () -> {
          if (!log.isUnhandled(phone, seq)) {
            return Result.refused(NOT_UNHANDLED);
          }
          Result<SequenceNumber> taken =
              orders.take(
                  () -> Orders.message(by, phone, text),
                  "answer %s %s %s".formatted(phone.value(), seq, name(text)));
          if (taken instanceof Result.Done<SequenceNumber>) {
            log.settle(phone, seq);
          }
          return taken;
        });
  }

  private static UUID name(String words) {
    return UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a message that somebody has looked at off the list. */
  public Result<Boolean> settle(Person by, PhoneNumber phone, SequenceNumber seq) {
    return performer.change(
        by,
        Operation.SETTLE_MESSAGE,
        () -> new Subject.Message(learners.id(phone), seq),
        () -> log.settle(phone, seq) ? new Result.Done<>(true) : Result.refused(NOT_UNHANDLED));
  }

  /** See {@link Undelivered#since}. */
  public Result<List<Undelivered.Count>> undelivered(Person by, Instant since, int limit) {
    return performer.look(
        by, Operation.COUNT_UNDELIVERED, () -> new Result.Done<>(undelivered.since(since, limit)));
  }
}
