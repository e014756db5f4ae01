package co.stopcovid.aws.dynamo;

import java.util.List;
import java.util.regex.Pattern;

/** The tables of a stage. Their names are the same in code, infrastructure and policies. */
public record Tables(String stage) {
  private static final Pattern STAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

  /**
   * @throws IllegalArgumentException when the stage is not 1 to 31 small letters, digits and
   *     hyphens
   */
  public Tables {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException(
          "a stage has 1 to 31 small letters, digits and hyphens, unlike: " + stage);
    }
  }

  public static Tables of(String stage) {
    return new Tables(stage);
  }

  /** A learner's dialog state, by phone number. */
  public String dialogStates() {
    return "dialog-state-" + stage;
  }

  /** A learner's event batches by version. Its stream is the event stream. */
  public String eventBatches() {
    return "dialog-event-batches-" + stage;
  }

  public String drillVersions() {
    return "drill-versions-" + stage;
  }

  /** The drill that a learner is to be started with, by learner. */
  public String drillSchedule() {
    return "drill-trigger-schedule-" + stage;
  }

  /** The keys under which commands were appended. */
  public String commandKeys() {
    return "idempotency-" + stage;
  }

  /** Commands that are to be tried again, by phone number. */
  public String waitingCommands() {
    return "waiting-commands-" + stage;
  }

  public String registrationCodes() {
    return "registration-codes-" + stage;
  }

  /** What to create for a stage. */
  public List<TableSchema> schemas() {
    return TableSchema.of(this);
  }
}
