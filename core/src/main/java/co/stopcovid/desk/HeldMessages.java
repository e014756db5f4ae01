package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.OutboundLedger.ParkedPlace;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ParkedMessages;
import co.stopcovid.sms.ParkedMessages.Decided;
import co.stopcovid.sms.ParkedMessages.Held;
import co.stopcovid.sms.ParkedMessages.Outcome;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages that are held back until a person decides; {@link ParkedMessages} has the rules. */
public final class HeldMessages {
  private final Performer performer;
  private final OutboundLedger ledger;
  private final ParkedMessages parked;
  private final Learners learners;

  HeldMessages(Performer performer, DeskPorts ports, Learners learners) {
    this.performer = performer;
    this.ledger = ports.ledger();
    this.parked = new ParkedMessages(ports.ledger(), ports.clock());
    this.learners = learners;
  }

  /** See {@link OutboundLedger#parked(ParkedPlace, int)}. */
  public Result<List<LedgerEntry>> page(Person by, @Nullable ParkedPlace after, int limit) {
    return performer.look(
        by, Operation.LIST_HELD, () -> new Result.Done<>(ledger.parked(after, limit)));
  }

  /** See {@link ParkedMessages#windows}. */
  public Result<Held> windows(Person by) {
    return performer.look(by, Operation.LIST_HELD, () -> new Result.Done<>(parked.windows()));
  }

  /** Sends it after all, as soon as its learner's hours allow. */
  public Result<Boolean> release(Person by, OutboundId id) {
    return decide(by, Operation.RELEASE_MESSAGES, id, () -> parked.release(id));
  }

  /** Gives it up. */
  public Result<Boolean> drop(Person by, OutboundId id) {
    return decide(by, Operation.DROP_MESSAGES, id, () -> parked.drop(id));
  }

  /** Sends all that are meant and not too late. */
  public Result<Decided> release(Person by, ParkedFilter filter) {
    return decide(by, Operation.RELEASE_MESSAGES, filter, () -> parked.release(filter));
  }

  /** Gives up all that are meant. */
  public Result<Decided> drop(Person by, ParkedFilter filter) {
    return decide(by, Operation.DROP_MESSAGES, filter, () -> parked.drop(filter));
  }

  private Result<Boolean> decide(
      Person by, Operation operation, OutboundId id, Supplier<Outcome> decision) {
    return performer.change(
        by,
        operation,
        () -> new Subject.HeldMessage(learners.id(id.phone()), id.token()),
        () ->
            switch (decision.get()) {
              case DONE -> new Result.Done<>(true);
              case UNKNOWN_MESSAGE -> Result.refused(Refusal.unknown("there is no such message"));
              case NOT_PARKED ->
                  Result.refused(
                      Refusal.conflict("", "the message is not held back, or not any more"));
              case EXPIRED ->
                  Result.refused(
                      Refusal.conflict(
                          "", "it is too late to send the message; it can be dropped"));
            });
  }

  private Result<Decided> decide(
      Person by, Operation operation, ParkedFilter filter, Supplier<Decided> decision) {
    PhoneNumber phone = filter.phone();
    return performer.change(
        by,
        operation,
        () -> phone == null ? new Subject.HeldMessages() : learners.learner(phone),
        () -> new Result.Done<>(decision.get()));
  }
}
