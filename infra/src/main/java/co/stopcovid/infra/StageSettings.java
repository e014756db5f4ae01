package co.stopcovid.infra;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.constructs.Node;

/**
 * What a stage is given in CDK's context ({@code -c stage=prod}, or infra/cdk.json).
 *
 * @param code folder with the functions' code: {@code lib/*.jar}
 * @param retain whether data outlives its stack; a stage to throw away says false
 * @param shards of the command stream
 * @param leastCapacity of Aurora, in capacity units
 * @param mostCapacity of Aurora, in capacity units
 * @param standby whether a second Aurora instance in another zone takes over within a minute
 * @param natGateways 1, or 2 so that sending outlives the loss of a zone
 * @param senders environments that write messages into the ledger, at most
 * @param smsRate messages a second that go out
 * @param webhookRate requests a second that the API lets through
 * @param dailyTime in UTC, when the day's next drills are scheduled
 * @param registration {@code table} or {@code service}: who knows the registration codes
 * @param rules DIALOG_… settings that differ from their defaults
 */
record StageSettings(
    Names names,
    Path code,
    boolean retain,
    int shards,
    double leastCapacity,
    double mostCapacity,
    boolean standby,
    int natGateways,
    int senders,
    double smsRate,
    int webhookRate,
    LocalTime dailyTime,
    String registration,
    Optional<String> publicUrl,
    Optional<String> alarmEmail,
    Optional<String> twilioApiUrl,
    Map<String, String> rules) {

  StageSettings {
    rules = Map.copyOf(rules);
    if (leastCapacity > mostCapacity) {
      throw new IllegalArgumentException("aurora_min_acu is above aurora_max_acu");
    }
    if (!registration.equals("table") && !registration.equals("service")) {
      throw new IllegalArgumentException("registration is table or service: " + registration);
    }
    for (String rule : rules.keySet()) {
      if (!Rules.ALL.contains(rule)) {
        throw new IllegalArgumentException(
            "rules holds %s, which no function reads; it may hold %s".formatted(rule, Rules.ALL));
      }
    }
  }

  /** Reads them from the app's context; what is not given takes its default. */
  static StageSettings from(Node node) {
    var context = new Context(node);
    return new StageSettings(
        new Names(context.text("stage").orElseThrow(() -> missing("stage", "-c stage=prod"))),
        Path.of(context.text("code").orElse("../aws/target/function")),
        Boolean.parseBoolean(context.text("retain").orElse("true")),
        (int) context.number("shards", 1, 1, 10_000),
        context.number("aurora_min_acu", 0.5, 0.5, 256),
        context.number("aurora_max_acu", 8, 1, 256),
        Boolean.parseBoolean(context.text("aurora_standby").orElse("false")),
        (int) context.number("nat_gateways", 1, 1, 2),
        (int) context.number("senders", 8, 2, 1000),
        context.number("sms_rate", 10, 1, 1_000_000),
        (int) context.number("webhook_rate", 500, 1, 10_000),
        time(context.text("daily_time").orElse("17:05")),
        context.text("registration").orElse("table"),
        context.text("public_url"),
        context.text("alarm_email"),
        context.text("twilio_api_url"),
        context.texts("rules"));
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("daily_time is no time such as 17:05: " + text, e);
    }
  }

  private static IllegalArgumentException missing(String name, String example) {
    return new IllegalArgumentException("%s is missing: %s".formatted(name, example));
  }

  /** CDK's context: texts from the command line, texts and numbers from cdk.json. */
  private record Context(Node node) {
    Optional<String> text(String name) {
      return Optional.ofNullable(node.tryGetContext(name))
          .map(Object::toString)
          .filter(text -> !text.isEmpty());
    }

    double number(String name, double otherwise, double least, double most) {
      double number;
      try {
        number = text(name).map(Double::parseDouble).orElse(otherwise);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(name + " is no number", e);
      }
      if (!(number >= least && number <= most)) {
        throw new IllegalArgumentException("%s is from %s to %s".formatted(name, least, most));
      }
      return number;
    }

    Map<String, String> texts(String name) {
      var texts = new TreeMap<String, String>();
      if (node.tryGetContext(name) instanceof Map<?, ?> map) {
        map.forEach((key, value) -> texts.put(key.toString(), value.toString()));
      }
      return texts;
    }
  }
}
