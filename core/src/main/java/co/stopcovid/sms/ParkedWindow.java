package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of one number that were held back for one reason in one span: less than {@link #APART}
 * passed from each to the next. A person decides about them at once, because what led to them was
 * one thing: a machine that answered, a day with too many messages, an hour without the provider.
 *
 * @param messages at least one, in the order in which they were held back
 */
public record ParkedWindow(PhoneNumber phone, String reason, List<LedgerEntry> messages) {
  /** As long as a learner who got too many replies gets none. */
  static final Duration APART = MessageRules.DEFAULT.loopPause();

  /** Those that wait longest first. */
  private static final Comparator<ParkedWindow> ORDER = Comparator.comparing(ParkedWindow::place);

  /**
   * @throws IllegalArgumentException when there is no message
   */
  public ParkedWindow {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a window has a message");
    }
  }

  /**
   * The windows of messages, those that wait longest first.
   *
   * @param parked in the order in which they were held back; others are left out
   */
  static List<ParkedWindow> of(List<LedgerEntry> parked) {
    record Kind(PhoneNumber phone, String reason) {}
    Map<Kind, List<LedgerEntry>> growing = new LinkedHashMap<>();
    List<ParkedWindow> windows = new ArrayList<>();
    for (LedgerEntry entry : parked) {
      if (entry.state() instanceof DeliveryState.Parked state) {
        var kind = new Kind(entry.id().phone(), state.reason());
        List<LedgerEntry> before = growing.computeIfAbsent(kind, one -> new ArrayList<>());
        if (!before.isEmpty() && isApart(before.getLast(), entry)) {
          windows.add(new ParkedWindow(kind.phone(), kind.reason(), before));
          before.clear();
        }
        before.add(entry);
      }
    }
    growing.forEach(
        (kind, messages) -> windows.add(new ParkedWindow(kind.phone(), kind.reason(), messages)));
    windows.sort(ORDER);
    return List.copyOf(windows);
  }

  private static boolean isApart(LedgerEntry before, LedgerEntry next) {
    return !next.updatedTime().isBefore(before.updatedTime().plus(APART));
  }

  /** When the first was held back. */
  public Instant since() {
    return messages.getFirst().updatedTime();
  }

  /** When the last was held back. */
  public Instant until() {
    return messages.getLast().updatedTime();
  }

  /** How many were handed to the provider before: the learner may have them already. */
  public long inDoubt() {
    return messages.stream()
        .filter(
            entry -> entry.state() instanceof DeliveryState.Parked parked && parked.attempts() > 0)
        .count();
  }

  /** How many are too late to be sent; they can only be dropped. */
  public long tooLate(Instant now) {
    return messages.stream().filter(entry -> !now.isBefore(entry.expiresAt())).count();
  }

  /** Where it stands among the windows; no two stand in one place. */
  public OutboundLedger.ParkedPlace place() {
    return OutboundLedger.ParkedPlace.of(messages.getFirst());
  }

  /**
   * What means the messages of this window, and none that were held back after it was looked at.
   */
  public ParkedFilter filter() {
    return new ParkedFilter(phone, reason, since(), until());
  }
}
