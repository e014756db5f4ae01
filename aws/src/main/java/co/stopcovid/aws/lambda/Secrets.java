package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.config.SettingException;
import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.twilio.TwilioSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The secrets of a function, read when they are first needed and again after a while, so that one
 * that was changed is taken up, and none is in a snapshot. One that cannot be read again stays.
 */
public final class Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final Function<String, String> reader;
  private final InstantSource clock;
  private final Map<String, Read> known = new ConcurrentHashMap<>();

  private record Read(String value, Instant time) {}

  /** An account at Twilio; the tokens are those that may sign, the one in use first. */
  record TwilioAccount(String accountSid, List<String> authTokens, String messagingServiceSid) {
    /** Without the tokens. */
    @Override
    public String toString() {
      return "TwilioAccount[%s]".formatted(accountSid);
    }

    TwilioSettings settings(URI api, URI statusCallback) {
      return new TwilioSettings(
          accountSid,
          authTokens.getFirst(),
          messagingServiceSid,
          api,
          statusCallback,
          TwilioSettings.DEFAULT_TIMEOUT);
    }
  }

  /**
   * The organisation's registration service.
   *
   * @param stage what it is told of this deployment; null for the deployment's own name
   */
  record Registration(URI url, @Nullable String key, @Nullable String stage) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Registration[%s]".formatted(url);
    }
  }

  /** A user of the database. */
  record Login(String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Login[%s]".formatted(user);
    }
  }

  /**
   * @param reader reads a secret by its ARN
   */
  public Secrets(Function<String, String> reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  private String value(String arn) {
    Read read = known.get(arn);
    Instant now = clock.instant();
    if (read != null && now.isBefore(read.time().plus(FRESH))) {
      return read.value();
    }
    try {
      String value = reader.apply(arn);
      known.put(arn, new Read(value, now));
      return value;
    } catch (SdkException e) {
      if (read == null) {
        throw e;
      }
      LOG.warn("secret cannot be read again, the one known goes on: secret={}", arn, e);
      return read.value();
    }
  }

  /**
   * Something made of a secret, and made anew when the secret has changed.
   *
   * @param part reads the secret
   */
  <S, T> Supplier<T> made(String arn, Function<Fields, S> part, Function<S, T> maker) {
    return new Supplier<>() {
      private @Nullable String source;
      private @Nullable T made;

      @Override
      public synchronized T get() {
        String value = value(arn);
        T ready = made;
        if (ready == null || !value.equals(source)) {
          ready = maker.apply(read(arn, value, part));
          made = ready;
          source = value;
        }
        return ready;
      }
    };
  }

  private static <S> S read(String arn, String value, Function<Fields, S> part) {
    try {
      return part.apply(Fields.of(Json.parse(value), "the secret"));
    } catch (MalformedJsonException e) {
      // Its message could hold a part of the secret only where there is no JSON at all.
      throw new SettingException(
          "the secret %s has not the form it should have: see docs/operations.md".formatted(arn));
    }
  }

  static TwilioAccount twilio(Fields secret) {
    String second = secret.textOrNull("auth_token_secondary");
    String token = secret.text("auth_token");
    return new TwilioAccount(
        secret.text("account_sid"),
        second == null || second.isBlank() ? List.of(token) : List.of(token, second),
        secret.text("messaging_service_sid"));
  }

  static Registration registration(Fields secret) {
    return new Registration(
        secret.value("url", "an address", URI::create),
        secret.textOrNull("key"),
        secret.textOrNull("stage"));
  }

  static Login login(Fields secret) {
    return new Login(secret.text("username"), secret.text("password"));
  }
}
