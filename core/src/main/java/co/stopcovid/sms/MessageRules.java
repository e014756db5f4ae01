package co.stopcovid.sms;

import co.stopcovid.common.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When and how many messages may go to a learner.
 *
 * @param gap between two messages of one learner; longer after a picture, see {@link Pause}
 * @param sendingHours in which messages go out that the learner did not ask for
 * @param replyWindow how long after the learner wrote an answer may go out in the night
 * @param replyLifetime from when on a reply is not sent any more
 * @param startLifetime the same for a drill's start and for a person's words
 * @param reminderLifetime the same for a reminder
 * @param messagesPerDay to one learner on one day of the learner's calendar
 * @param repliesPerWindow to one learner; more of them look like two machines talking
 * @param loopWindow in which replies are counted
 * @param loopPause how long a learner who got too many replies gets none
 */
public record MessageRules(
    Duration gap,
    QuietHours sendingHours,
    Duration replyWindow,
    Duration replyLifetime,
    Duration startLifetime,
    Duration reminderLifetime,
    int messagesPerDay,
    int repliesPerWindow,
    Duration loopWindow,
    Duration loopPause) {

  /**
   * A learner who does four drills at a stretch gets some hundred messages. An auto-responder that
   * answers within seconds makes more than a hundred replies in ten minutes.
   */
  public static final MessageRules DEFAULT =
      new MessageRules(
          Duration.ofSeconds(3),
          QuietHours.DEFAULT,
          Duration.ofHours(1),
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(12),
          250,
          100,
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  /**
   * @throws IllegalArgumentException when a limit is below 1 or the gap is negative
   */
  public MessageRules {
    if (gap.isNegative() || messagesPerDay < 1 || repliesPerWindow < 1) {
      throw new IllegalArgumentException(
          "gap %s, messages a day %d and replies %d must be positive"
              .formatted(gap, messagesPerDay, repliesPerWindow));
    }
  }

  public MessageRules withGap(Duration other) {
    return with(other, sendingHours, messagesPerDay, repliesPerWindow);
  }

  public MessageRules withSendingHours(QuietHours other) {
    return with(gap, other, messagesPerDay, repliesPerWindow);
  }

  public MessageRules withLimits(int aDay, int inWindow) {
    return with(gap, sendingHours, aDay, inWindow);
  }

  private MessageRules with(Duration otherGap, QuietHours otherHours, int aDay, int inWindow) {
    return new MessageRules(
        otherGap,
        otherHours,
        replyWindow,
        replyLifetime,
        startLifetime,
        reminderLifetime,
        aDay,
        inWindow,
        loopWindow,
        loopPause);
  }

  public Pause pause() {
    return new Pause(gap);
  }

  Duration lifetime(MessageKind kind) {
    return switch (kind) {
      case REPLY -> replyLifetime;
      case START, NOTE -> startLifetime;
      case REMINDER -> reminderLifetime;
    };
  }

  /**
   * The first moment from now on in which a message may be sent to its learner.
   *
   * @param anyHourUntil see {@link LedgerEntry#anyHourUntil}
   */
  Instant next(@Nullable Instant anyHourUntil, Set<ZoneId> zones, Instant now) {
    if (anyHourUntil != null && !now.isAfter(anyHourUntil)) {
      return now;
    }
    // Zones that are never open together: better late and noticed than in somebody's night.
    return sendingHours.nextAllowed(now, zones).orElseGet(() -> now.plus(Duration.ofDays(1)));
  }
}
