package co.stopcovid.adapters.twilio;

import co.stopcovid.adapters.twilio.TwilioHttp.BusyException;
import co.stopcovid.adapters.twilio.TwilioHttp.LostAnswerException;
import co.stopcovid.adapters.twilio.TwilioHttp.NotReachedException;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.SendResult;
import co.stopcovid.sms.SmsGateway;
import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account.Status;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends through a Twilio messaging service. Twilio has no idempotency keys, so that a lost answer
 * can only be settled by looking for the message in the account's list.
 */
public final class TwilioGateway implements SmsGateway {
  /** Name of the query parameter of the status callback that holds {@link OutboundId#token}. */
  public static final String TOKEN_PARAMETER = "message";

  /** "Attempt to send to unsubscribed recipient". */
  static final int UNSUBSCRIBED = 21610;

  private static final int CLIENT_ERRORS = 400;
  private static final int NOT_FOUND = 404;
  private static final int PAGE = 50;

  private final TwilioRestClient client;
  private final TwilioSettings settings;

  public TwilioGateway(TwilioSettings settings) {
    this.settings = settings;
    this.client =
        new TwilioRestClient.Builder(settings.accountSid(), settings.authToken())
            .httpClient(new TwilioHttp(settings))
            .build();
  }

  @Override
  public SendResult send(OutboundId id, OutboundMessage message) {
    try {
      String sid = creator(id, message).create(client).getSid();
      // Success without a message: a proxy's answer, or half of one. Only the list of messages
      // tells.
      return sid == null || sid.isBlank()
          ? new SendResult.Unclear("the provider's answer names no message")
          : new SendResult.Accepted(sid);
    } catch (NotReachedException e) {
      return new SendResult.Unavailable(reason(e));
    } catch (BusyException e) {
      return new SendResult.Busy(e.retryAfter());
    } catch (LostAnswerException e) {
      return new SendResult.Unclear(reason(e));
    } catch (ApiException e) {
      return refused(e);
    } catch (TwilioException e) {
      return new SendResult.Unclear(reason(e));
    }
  }

  private MessageCreator creator(OutboundId id, OutboundMessage message) {
    var to = new PhoneNumber(id.phone().value());
    String body = message.body();
    String media = message.mediaUrl();
    MessageCreator creator =
        body == null
            ? Message.creator(
                to, settings.messagingServiceSid(), List.of(URI.create(media(message))))
            : Message.creator(to, settings.messagingServiceSid(), body);
    if (body != null && media != null) {
      creator.setMediaUrl(URI.create(media));
    }
    URI callback = settings.statusCallback();
    if (callback != null) {
      String separator = callback.getRawQuery() == null ? "?" : "&";
      creator.setStatusCallback(
          URI.create(callback + separator + TOKEN_PARAMETER + "=" + id.token()));
    }
    return creator;
  }

  private static String media(OutboundMessage message) {
    String media = message.mediaUrl();
    if (media == null) {
      throw new IllegalArgumentException("a message needs a text or a picture");
    }
    return media;
  }

  private static SendResult refused(ApiException e) {
    Integer status = e.getStatusCode();
    if (status == null || status < CLIENT_ERRORS) {
      return new SendResult.Unclear(reason(e));
    }
    return switch (TwilioErrors.about(status, e.getCode())) {
      case LEARNER -> new SendResult.OptedOut(reason(e));
      case ACCOUNT -> new SendResult.AccountRefused(refusal(e));
      case MOMENT -> new SendResult.Unavailable(reason(e));
      case MESSAGE -> new SendResult.Refused(reason(e));
    };
  }

  private static boolean isOfAccount(ApiException e) {
    Integer status = e.getStatusCode();
    return status != null
        && status >= CLIENT_ERRORS
        && TwilioErrors.about(status, e.getCode()) == TwilioErrors.About.ACCOUNT;
  }

  /**
   * {@inheritDoc}
   *
   * <p>An address that is not there is no answer: it may be a stand-in that knows messages only.
   */
  @Override
  public Account account() {
    try {
      Status status =
          com.twilio.rest.api.v2010.Account.fetcher(settings.accountSid())
              .fetch(client)
              .getStatus();
      return status == null || status == Status.ACTIVE
          ? new Account.Open()
          : new Account.Refuses(
              "Twilio says that the account is %s: its notices in Twilio's console say why"
                  .formatted(status));
    } catch (ApiException e) {
      return isOfAccount(e) && !Integer.valueOf(NOT_FOUND).equals(e.getStatusCode())
          ? new Account.Refuses(refusal(e))
          : new Account.NoAnswer(reason(e));
    } catch (NotReachedException | BusyException | LostAnswerException | TwilioException e) {
      return new Account.NoAnswer(reason(e));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not filtered by DateSent, which a message has only once it left Twilio's own queue: one that
   * was accepted a moment ago would be missed. The list is newest first.
   */
  @Override
  public Lookup find(OutboundId id, OutboundMessage message, Instant since) {
    List<String> found = new ArrayList<>();
    try {
      var list = Message.reader().setTo(id.phone().value()).setPageSize((long) PAGE).read(client);
      for (Message candidate : list) {
        if (candidate.getDateCreated() != null
            && candidate.getDateCreated().toInstant().isBefore(since)) {
          break;
        }
        if (SentText.isSame(message, candidate)) {
          found.add(candidate.getSid());
        }
      }
    } catch (ApiException e) {
      return isOfAccount(e)
          ? new Lookup.AccountRefused(refusal(e))
          : new Lookup.NoAnswer(reason(e));
    } catch (NotReachedException | BusyException | LostAnswerException | TwilioException e) {
      return new Lookup.NoAnswer(reason(e));
    }
    return new Lookup.Found(found.reversed());
  }

  /** The same, with what to do about it. */
  private static String refusal(ApiException e) {
    Integer code = e.getCode();
    return code == null ? reason(e) : TwilioErrors.wordsAndAdvice(code);
  }

  /** For ledger and log: no text of a message is in it, and no phone number. */
  private static String reason(RuntimeException e) {
    if (e instanceof ApiException api && api.getCode() != null) {
      return TwilioErrors.words(api.getCode());
    }
    if (e instanceof ApiException api) {
      return "Twilio answered with HTTP status " + api.getStatusCode();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
