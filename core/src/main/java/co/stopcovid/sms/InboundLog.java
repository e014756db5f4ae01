package co.stopcovid.sms;

import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes learners' messages into the message log, once it is known what came of them. */
public final class InboundLog {
  /** As many as a message with pictures can have. */
  private static final int MOST_MEDIA = 10;

  /** A number, or what a channel such as a messenger calls an address. */
  private static final int LONGEST_NUMBER = 100;

  private final MessageLog log;
  private final InstantSource clock;

  public InboundLog(MessageLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * @param outcomes one for each command, in the same order
   */
  public void take(List<SequencedCommand> commands, List<Outcome> outcomes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<ReceivedMessage> messages = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      if (!(outcomes.get(i) instanceof Outcome.AlreadyProcessed)) {
        message(commands.get(i), outcomes.get(i), now).ifPresent(messages::add);
      }
    }
    if (!messages.isEmpty()) {
      log.receive(messages);
    }
  }

  /**
   * The learner's message that a command carries; empty when it carries none or has to be tried
   * again. One that was processed before counts as handled.
   *
   * @param now the time of a message that came to no events
   */
  public static Optional<ReceivedMessage> message(
      SequencedCommand command, Outcome outcome, Instant now) {
    if (!(command.command() instanceof ReceiveSms sms) || !isSettled(outcome)) {
      return Optional.empty();
    }
    return Optional.of(
        new ReceivedMessage(
            sms.phone(),
            command.seq(),
            time(outcome, now),
            sms.webhook().get("MessageSid"),
            ourNumber(sms.webhook()),
            sms.body(),
            media(sms.webhook()),
            isUnhandled(outcome)));
  }

  /** That of the events, so that the answers do not seem to be older than the message. */
  private static Instant time(Outcome outcome, Instant now) {
    return outcome instanceof Outcome.Committed committed ? committed.batch().createdTime() : now;
  }

  private static boolean isSettled(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> true;
      case Outcome.Nothing nothing -> true;
      case Outcome.Rejected rejected -> true;
      case Outcome.AlreadyProcessed already -> true;
      case Outcome.TryLater later -> false;
    };
  }

  private static boolean isUnhandled(Outcome outcome) {
    return outcome instanceof Outcome.Rejected
        || (outcome instanceof Outcome.Nothing(NoEvents reason) && reason == NoEvents.UNHANDLED);
  }

  private static @Nullable String ourNumber(Map<String, String> webhook) {
    String number = webhook.get("To");
    return number == null || number.isBlank() || number.length() > LONGEST_NUMBER ? null : number;
  }

  private static List<String> media(Map<String, String> webhook) {
    List<String> media = new ArrayList<>();
    for (int i = 0; i < MOST_MEDIA; i++) {
      String url = webhook.get("MediaUrl" + i);
      if (url != null && !url.isBlank()) {
        media.add(url);
      }
    }
    return media;
  }
}
