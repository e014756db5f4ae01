package co.stopcovid.infra;

import java.util.regex.Pattern;

/**
 * The physical names of a stage's resources. The stacks find each other's resources by these names,
 * so that none has to be taken down before another can change.
 *
 * @param stage such as {@code prod}: small letters, digits and hyphens, 16 at most
 */
record Names(String stage) {
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,15}");

  Names {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException(
          "a stage has small letters, digits and hyphens, 16 at most, such as prod: " + stage);
    }
  }

  String stack(String part) {
    return "dialog-" + part + "-" + stage;
  }

  /** The name of a table, a stream or a standard queue. */
  String of(String resource) {
    return resource + "-" + stage;
  }

  String function(String function) {
    return "dialog-" + function + "-" + stage;
  }

  String commandStream() {
    return of("command-stream");
  }

  String outboundQueue() {
    return of("outbound-sms") + ".fifo";
  }

  String twilioSecret() {
    return "dialog/" + stage + "/twilio";
  }

  String registrationSecret() {
    return "dialog/" + stage + "/registration";
  }

  String databaseSecret() {
    return "dialog/" + stage + "/database";
  }

  String databaseSecret(DatabaseUser user) {
    return databaseSecret() + "-" + user.id();
  }

  String cluster() {
    return "dialog-" + stage;
  }
}
