package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.config.LearnerRules;
import co.stopcovid.adapters.config.SettingException;
import co.stopcovid.adapters.config.Variables;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.sms.MessageRules;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.schedule.ScheduleSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the service runs.
 *
 * @param port 0: any that is free
 * @param publicUrl what the world calls the service by; null: host and port
 * @param dataDir of the embedded PostgreSQL, and of the secrets made at the first start
 * @param database null: the embedded PostgreSQL
 * @param adminPassword null: made at the first start
 * @param apiToken null: made at the first start
 * @param rules of messages to learners
 * @param rate messages a second
 * @param codeTries wrong registration codes of one number that are looked at without a pause
 * @param twilio null: messages go to the simulated phone
 * @param registration the service that knows the codes; null: they are kept in the database
 * @param schedule when learners hear from the system unasked
 */
public record ServiceConfig(
    String host,
    int port,
    @Nullable URI publicUrl,
    Path dataDir,
    @Nullable DatabaseUrl database,
    @Nullable String adminPassword,
    @Nullable String apiToken,
    MessageRules rules,
    double rate,
    int codeTries,
    @Nullable Twilio twilio,
    @Nullable Registration registration,
    ScheduleSettings schedule) {
  private static final int LEAST_SECRET = 8;

  /**
   * An account at Twilio.
   *
   * @param authTokens the one in use first; a second while it is being changed
   */
  public record Twilio(
      String accountSid, List<String> authTokens, String messagingServiceSid, URI apiUrl) {
    /** Without the tokens. */
    @Override
    public String toString() {
      return "Twilio[%s, %s]".formatted(accountSid, apiUrl);
    }
  }

  /**
   * The organisation's registration service.
   *
   * @param stage what it is told of this deployment
   */
  public record Registration(URI url, @Nullable String key, String stage) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Registration[%s]".formatted(url);
    }
  }

  /**
   * Reads the environment.
   *
   * @throws UsageException when a variable has a value that cannot be
   */
  public static ServiceConfig from(Map<String, String> environment) {
    try {
      return read(new Variables(environment));
    } catch (SettingException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ServiceConfig read(Variables variables) {
    LearnerRules rules = LearnerRules.from(variables);
    return new ServiceConfig(
        variables.text("DIALOG_HOST", "127.0.0.1"),
        variables.number("DIALOG_PORT", 8080, 0, 65_535),
        publicUrl(variables),
        dataDir(variables),
        variables.text("DIALOG_DATABASE_URL") == null ? null : database(variables),
        secret(variables, "DIALOG_ADMIN_PASSWORD"),
        token(variables),
        rules.messages(),
        rules.rate(),
        rules.codeTries(),
        twilio(variables),
        registration(variables),
        schedule(variables, rules));
  }

  private static @Nullable URI publicUrl(Variables variables) {
    URI url = variables.web("DIALOG_PUBLIC_URL");
    if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
      throw new UsageException(
          "DIALOG_PUBLIC_URL must have no ? and no #, such as https://dialog.example.org");
    }
    return url;
  }

  private static Path dataDir(Variables variables) {
    try {
      return Path.of(variables.text("DIALOG_DATA_DIR", "./data"));
    } catch (InvalidPathException e) {
      throw new UsageException("DIALOG_DATA_DIR is no path of a folder", e);
    }
  }

  private static DatabaseUrl database(Variables variables) {
    try {
      return DatabaseUrl.parse(variables.text("DIALOG_DATABASE_URL", ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException("DIALOG_DATABASE_URL " + e.getMessage(), e);
    }
  }

  private static @Nullable String secret(Variables variables, String name) {
    String value = variables.text(name);
    if (value != null && value.length() < LEAST_SECRET) {
      throw new UsageException(
          "%s needs %d characters at least; leave it out to have one made"
              .formatted(name, LEAST_SECRET));
    }
    return value;
  }

  private static @Nullable String token(Variables variables) {
    String value = variables.text("DIALOG_API_TOKEN");
    if (value != null) {
      try {
        BearerToken.check(value);
      } catch (IllegalArgumentException e) {
        throw new UsageException(
            "DIALOG_API_TOKEN: %s; leave it out to have one made".formatted(e.getMessage()), e);
      }
    }
    return value;
  }

  private static @Nullable Twilio twilio(Variables variables) {
    String sid = variables.text("TWILIO_ACCOUNT_SID");
    String token = variables.text("TWILIO_AUTH_TOKEN");
    String service = variables.text("TWILIO_MESSAGING_SERVICE_SID");
    if (sid == null && token == null && service == null) {
      return null;
    }
    if (sid == null || token == null || service == null) {
      throw new UsageException(
          "Twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_MESSAGING_SERVICE_SID:"
              + " set all three, or none for the simulated phone");
    }
    if (sid.startsWith("SK")) {
      throw new UsageException(
          "TWILIO_ACCOUNT_SID is the id of an API key (SK…): give the account's, which begins with AC, with its auth token");
    }
    if (service.startsWith("+") || service.startsWith("PN")) {
      throw new UsageException(
          "TWILIO_MESSAGING_SERVICE_SID is a phone number: make a messaging service with that number, and give the service's id, which begins with MG");
    }
    List<String> tokens = new ArrayList<>(List.of(token));
    String second = variables.text("TWILIO_AUTH_TOKEN_SECONDARY");
    if (second != null) {
      tokens.add(second);
    }
    URI api = variables.web("TWILIO_API_URL");
    boolean isKnown = variables.text("DIALOG_PUBLIC_URL") != null;
    if (!isKnown && (api == null || "0".equals(variables.text("DIALOG_PORT")))) {
      throw new UsageException(
          "Twilio needs DIALOG_PUBLIC_URL, such as https://dialog.example.org: it signs that address,"
              + " and reports to it");
    }
    return new Twilio(sid, List.copyOf(tokens), service, api == null ? TwilioSettings.API : api);
  }

  private static @Nullable Registration registration(Variables variables) {
    URI url = variables.web("REGISTRATION_VALIDATION_URL");
    if (url == null && variables.text("REGISTRATION_VALIDATION_KEY") != null) {
      throw new UsageException(
          "REGISTRATION_VALIDATION_KEY is set without REGISTRATION_VALIDATION_URL, such as https://codes.example.org/validate: set both, or none to keep the codes in the database");
    }
    return url == null
        ? null
        : new Registration(
            url,
            variables.text("REGISTRATION_VALIDATION_KEY"),
            variables.text("REGISTRATION_VALIDATION_STAGE", "prod"));
  }

  private static ScheduleSettings schedule(Variables variables, LearnerRules rules) {
    ScheduleSettings usual = ScheduleSettings.DEFAULT;
    return new ScheduleSettings(
        rules.dailyTime(),
        variables.duration(
            "DIALOG_INITIATOR_INTERVAL",
            usual.initiatorInterval(),
            ScheduleSettings.SHORTEST,
            ScheduleSettings.LONGEST),
        variables.duration(
            "DIALOG_REMINDER_INTERVAL",
            usual.reminderInterval(),
            ScheduleSettings.SHORTEST,
            ScheduleSettings.LONGEST),
        usual.repairInterval(),
        usual.housekeepingInterval(),
        variables.duration(
            "DIALOG_KEEP_COMMANDS",
            usual.keepCommands(),
            ScheduleSettings.PROVIDER_RETRIES,
            Duration.ofDays(365)),
        rules.hours(),
        rules.zone(),
        rules.progress());
  }

  /** As other programs on this machine reach it. */
  public URI localUrl(int boundPort) {
    boolean anywhere = host.equals("0.0.0.0") || host.equals("::");
    String name = anywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://%s:%d".formatted(name, boundPort));
  }

  /** The public address without a slash at its end. */
  String publicBase(int boundPort) {
    String url = (publicUrl == null ? localUrl(boundPort) : publicUrl).toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ServiceConfig[%s:%d, data %s, database %s, twilio %s]"
        .formatted(host, port, dataDir, database == null ? "embedded" : database, twilio);
  }
}
