package co.stopcovid.standalone.serve;

import co.stopcovid.sms.SmsGateway;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider about the account before anything is started, so that a wrong token is seen at
 * once. An outage is no reason not to start: messages wait, and those of learners are taken in.
 */
final class ProviderAtStart {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderAtStart.class);
  private static final int PATIENCE_SECONDS = 5;

  private ProviderAtStart() {}

  /** What stands in the way of a start; empty when nothing does. */
  static Optional<String> trouble(SmsGateway gateway) {
    SmsGateway.Account account;
    try {
      account =
          CompletableFuture.supplyAsync(gateway::account)
              .completeOnTimeout(
                  new SmsGateway.Account.NoAnswer("it is silent"),
                  PATIENCE_SECONDS,
                  TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      account = new SmsGateway.Account.NoAnswer(String.valueOf(e.getCause()));
    }
    return switch (account) {
      case SmsGateway.Account.Open open -> Optional.empty();
      case SmsGateway.Account.NoAnswer(String reason) -> {
        LOG.warn("the provider does not say whether it takes our messages: reason={}", reason);
        yield Optional.empty();
      }
      case SmsGateway.Account.Refuses(String reason) ->
          Optional.of(
              "the provider refuses the account of TWILIO_ACCOUNT_SID: %s (--offline starts all the same)"
                  .formatted(reason));
    };
  }
}
