package co.stopcovid.aws.lambda;

import co.stopcovid.adapters.config.LearnerRules;
import co.stopcovid.adapters.config.SettingException;
import co.stopcovid.adapters.config.Variables;
import co.stopcovid.adapters.postgres.DatabaseRole;
import co.stopcovid.adapters.postgres.DatabaseUrl;
import co.stopcovid.adapters.twilio.TwilioSettings;
import co.stopcovid.aws.dynamo.Tables;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a function is told by its environment. Each function is given only what it needs: what is
 * set is checked at once, and what is missing when it is asked for.
 */
public final class AwsConfig {
  private final Variables variables;
  private final Tables tables;
  private final LearnerRules rules;

  private AwsConfig(Variables variables, Tables tables, LearnerRules rules) {
    this.variables = variables;
    this.tables = tables;
    this.rules = rules;
  }

  /**
   * The database of a function.
   *
   * @param host with its port where it is not the usual one
   * @param secretArn of the secret with user name and password
   */
  public record DatabaseConfig(String host, String name, String secretArn) {
    /** For a driver. Only a database on this machine is spoken to without TLS. */
    public String jdbc() {
      String tls =
          DatabaseUrl.areLoopback(host)
              ? "?sslmode=disable"
              : "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
      return "jdbc:postgresql://" + host + "/" + name + tls;
    }
  }

  /**
   * Reads the environment.
   *
   * @throws SettingException when STAGE is missing, or a variable has a value that cannot be
   */
  public static AwsConfig from(Map<String, String> environment) {
    var variables = new Variables(environment);
    String stage = required(variables, "STAGE", "such as prod; it names tables and streams");
    Tables tables;
    try {
      tables = Tables.of(stage);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "STAGE must have 1 to 31 small letters, digits and hyphens, such as prod", e);
    }
    var config = new AwsConfig(variables, tables, LearnerRules.from(variables));
    config.check();
    return config;
  }

  private void check() {
    for (String queue :
        new String[] {
          "OUTBOUND_QUEUE_URL",
          "WAKE_QUEUE_URL",
          "DELIVERY_REPORTS_QUEUE_URL",
          "MESSAGE_LOG_QUEUE_URL",
          "CODES_QUEUE_URL",
          "FAILED_COMMANDS_QUEUE_URL",
          "FAILED_EVENTS_QUEUE_URL",
          "TWILIO_API_URL"
        }) {
      variables.web(queue);
    }
    URI url = variables.web("DIALOG_PUBLIC_URL");
    if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
      throw new SettingException("DIALOG_PUBLIC_URL must have no ? and no #");
    }
  }

  private static String required(Variables variables, String name, String what) {
    String value = variables.text(name);
    if (value == null) {
      throw new SettingException(
          "%s is not set, and this function needs it: set it to %s".formatted(name, what));
    }
    return value;
  }

  private String required(String name, String what) {
    return required(variables, name, what);
  }

  public String stage() {
    return required("STAGE", "such as prod");
  }

  public Tables tables() {
    return tables;
  }

  public LearnerRules rules() {
    return rules;
  }

  public String commandStream() {
    return required("COMMAND_STREAM", "the name of the command stream");
  }

  public String outboundQueue() {
    return queue("OUTBOUND_QUEUE_URL", "outbound-sms-{stage}.fifo");
  }

  public String wakeQueue() {
    return queue("WAKE_QUEUE_URL", "sms-wake-{stage}");
  }

  public String deliveryReportsQueue() {
    return queue("DELIVERY_REPORTS_QUEUE_URL", "delivery-reports-{stage}");
  }

  public String messageLogQueue() {
    return queue("MESSAGE_LOG_QUEUE_URL", "message-log-{stage}");
  }

  public String codesQueue() {
    return queue("CODES_QUEUE_URL", "codes-to-check-{stage}");
  }

  public String failedCommandsQueue() {
    return queue("FAILED_COMMANDS_QUEUE_URL", "failed-commands-{stage}");
  }

  public String failedEventsQueue() {
    return queue("FAILED_EVENTS_QUEUE_URL", "failed-events-{stage}");
  }

  private String queue(String name, String queue) {
    return required(name, "the URL of the queue " + queue);
  }

  public String contentBucket() {
    return required("CONTENT_BUCKET", "the name of the bucket with the drills");
  }

  public String twilioSecret() {
    return required("TWILIO_SECRET_ARN", "the ARN of the secret with the account at Twilio");
  }

  /** Null when registration codes are kept in the table of the stage. */
  public @Nullable String registrationSecret() {
    return variables.text("REGISTRATION_SECRET_ARN");
  }

  public DatabaseConfig database() {
    return new DatabaseConfig(
        required("DATABASE_HOST", "the name of the database's proxy"),
        required("DATABASE_NAME", "the name of the database"),
        required("DATABASE_SECRET_ARN", "the ARN of the secret with its user and password"));
  }

  /**
   * The secrets with the users of the other functions, for the one that gives them their rights.
   */
  public Map<DatabaseRole, String> databaseUsers() {
    Map<DatabaseRole, String> users = new EnumMap<>(DatabaseRole.class);
    for (DatabaseRole role : DatabaseRole.all()) {
      users.put(
          role,
          required(
              role.name() + "_DATABASE_SECRET_ARN",
              "the ARN of the secret with the database user of this group"));
    }
    return users;
  }

  /** What Twilio calls, without a slash at its end. */
  public String publicUrl() {
    String url =
        required(
            "DIALOG_PUBLIC_URL",
            "an address such as https://dialog.example.org, which Twilio calls");
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  public URI twilioApi() {
    return Optional.ofNullable(variables.web("TWILIO_API_URL")).orElse(TwilioSettings.API);
  }
}
