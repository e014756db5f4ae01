package co.stopcovid.sms;

import co.stopcovid.common.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * What the provider reports of a message that it has.
 *
 * @param phone whom the message was for
 * @param token that the message was sent with, see {@link OutboundId#token}; null when unknown
 * @param sid the provider's id of the message
 * @param reason why it failed, for a person; empty otherwise
 * @param optedOut it failed because the learner told the provider to stop
 */
public record DeliveryReport(
    PhoneNumber phone,
    @Nullable String token,
    String sid,
    DeliveryEvent.Progress progress,
    String reason,
    boolean optedOut) {}
