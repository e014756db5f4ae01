package co.stopcovid.sms;

/** What can happen to an outbound message. */
public sealed interface DeliveryEvent {
  /** A sender is about to hand it over. */
  record Claimed(long epoch) implements DeliveryEvent {}

  /** The provider took it. */
  record Accepted(String sid) implements DeliveryEvent {}

  /** Not now: its time is not there, or the provider certainly did not take it, but may later. */
  record PutOff() implements DeliveryEvent {}

  /** It is unknown whether the provider took it; the provider is to be asked. */
  record Doubted() implements DeliveryEvent {}

  /** The provider was asked about it and did not settle it. */
  record AskedInVain() implements DeliveryEvent {}

  /** Asked after a doubtful attempt, the provider says that it has no such message. */
  record FoundMissing() implements DeliveryEvent {}

  /** The provider refused it for good. */
  record Refused(String reason) implements DeliveryEvent {}

  /** It came too late to be worth sending. */
  record Expired() implements DeliveryEvent {}

  /** It is not wanted any more; where it may be on its way, it is not to be sent again. */
  record Cancelled(String reason) implements DeliveryEvent {}

  /** Sending it could do harm. */
  record GivenUp(String reason) implements DeliveryEvent {}

  /** A person decided that it is to be sent after all. */
  record Released() implements DeliveryEvent {}

  /** The provider reports of its own accord, at any time, repeatedly and in any order. */
  record Reported(String sid, Progress progress, String reason) implements DeliveryEvent {}

  /** What the provider reports, from least to most final. */
  enum Progress {
    /** On its way. */
    SENT,
    DELIVERED,
    FAILED
  }
}
