package co.stopcovid.standalone.phone;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ReceivedMessage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message on a phone's screen. */
sealed interface PhoneMessage {
  /** Names the bubble among those of its phone: however often it comes, it is one. */
  String id();

  Instant time();

  /** From the learner, whose phone it is. */
  record Written(SequenceNumber seq, Instant time, @Nullable String sid, String body)
      implements PhoneMessage {
    @Override
    public String id() {
      return "in-" + seq;
    }

    /** Without the text, which is private. */
    @Override
    public String toString() {
      return "Written[%s]".formatted(id());
    }
  }

  /** To the learner. */
  record Arrived(OutboundId message, Instant time, OutboundMessage content)
      implements PhoneMessage {
    @Override
    public String id() {
      return "out-" + message.token();
    }
  }

  /** As it is on the phone; empty for what has not arrived. */
  static Optional<PhoneMessage> of(LoggedMessage logged) {
    return switch (logged) {
      case LoggedMessage.Inbound(ReceivedMessage message) ->
          Optional.of(
              new Written(message.seq(), message.receivedTime(), message.sid(), message.body()));
      case LoggedMessage.Outbound(var entry) ->
          entry
              .state()
              .providerId()
              .map(sid -> new Arrived(entry.id(), entry.updatedTime(), entry.message()));
    };
  }
}
