package co.stopcovid.aws.handling;

import co.stopcovid.running.HandledCommand;
import co.stopcovid.sms.InboundLog;
import co.stopcovid.sms.ReceivedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes on the learners' messages that commands carried. Also one that was processed before: in a
 * crash it may not have come so far.
 */
public final class ReceivedMessages implements Consumer<List<HandledCommand>> {
  private final Consumer<List<ReceivedMessage>> log;
  private final InstantSource clock;

  public ReceivedMessages(Consumer<List<ReceivedMessage>> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void accept(List<HandledCommand> handled) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<ReceivedMessage> messages = new ArrayList<>();
    for (HandledCommand each : handled) {
      InboundLog.message(each.command(), each.outcome(), now).ifPresent(messages::add);
    }
    if (!messages.isEmpty()) {
      log.accept(messages);
    }
  }
}
