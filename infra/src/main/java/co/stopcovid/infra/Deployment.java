package co.stopcovid.infra;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Tags;

/** CDK's entry: the four stacks of the stage that the context names. */
public final class Deployment {
  private Deployment() {}

  /** Synthesises into the folder that CDK names, {@code cdk.out} by default. */
  public static void main(String[] args) {
    var app = new App();
    StageSettings settings = StageSettings.from(app.getNode());
    CodeSize.check(settings.code());
    build(app, settings);
    app.synth();
  }

  static void build(App app, StageSettings settings) {
    var data = new DataStack(app, settings);
    var database = new DatabaseStack(app, settings);
    var functions = new FunctionsStack(app, settings, data, database);
    new WatchStack(app, settings, functions);
    Tags.of(app).add("application", "dialog-engine");
    Tags.of(app).add("stage", settings.names().stage());
  }
}
