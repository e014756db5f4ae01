package co.stopcovid.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision.NoEvents;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.sms.InboundLog;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InboundLogTest {
  private static final PhoneNumber ANA = new PhoneNumber("+12025550123");

  private final TestClock clock = new TestClock(Samples.NOON);
  private final InMemoryMessageLog log =
      new InMemoryMessageLog(new InMemoryOutbox(Duration.ofSeconds(3)));

  /** The answers to a message have the time of its events; they must not seem older than it. */
  @Test
  void aMessageIsAsOldAsItsEvents() {
    Instant decided = clock.instant();
    var batch =
        new EventBatch(
            ANA,
            SequenceNumber.of(1),
            1,
            decided,
            UserProfile.NEW,
            List.of(new DialogEvent.NextDrillRequested(decided)));
    clock.advance(Duration.ofSeconds(1));
    new InboundLog(log, clock)
        .take(
            List.of(command(1, "more"), command(2, "hm")),
            List.of(
                new Outcome.Committed(DialogState.initial(ANA), batch),
                new Outcome.Nothing(NoEvents.UNHANDLED)));
    assertThat(log.conversation(ANA, Instant.MAX, 10))
        .extracting(LoggedMessage::time)
        .containsExactly(clock.instant(), decided);
  }

  @Test
  void theNumberOfOursThatItWasSentToIsKept() {
    var sms = new ReceiveSms(ANA, "hm", Map.of("To", "+12025550199", "MessageSid", "SM1"));
    new InboundLog(log, clock)
        .take(
            List.of(new SequencedCommand(SequenceNumber.of(1), sms), command(2, "hm")),
            List.of(
                new Outcome.Nothing(NoEvents.UNHANDLED), new Outcome.Nothing(NoEvents.UNHANDLED)));
    assertThat(log.unhandled(10))
        .extracting(ReceivedMessage::ourNumber)
        .containsExactly("+12025550199", null);
  }

  private static SequencedCommand command(long seq, String text) {
    return new SequencedCommand(SequenceNumber.of(seq), new ReceiveSms(ANA, text, Map.of()));
  }
}
