package co.stopcovid.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** The stacks of a stage, synthesised once a set of settings: it takes seconds. */
final class Synthesis {
  static final String STAGE = "test";

  private static final Map<Map<String, Object>, Synthesis> DONE = new LinkedHashMap<>();

  private final Map<String, Resources> stacks = new LinkedHashMap<>();

  private Synthesis(Map<String, Object> context) {
    Path target = Path.of(System.getProperty("target"));
    var settings = new LinkedHashMap<>(context);
    settings.put("stage", STAGE);
    settings.put("code", code(target).toString());
    settings.put("aws:cdk:disable-asset-staging", true);
    var app =
        new App(
            AppProps.builder()
                .context(settings)
                .outdir(target.resolve("cdk.out.test").resolve("" + DONE.size()).toString())
                .build());
    Deployment.build(app, StageSettings.from(app.getNode()));
    for (String part : List.of("data", "database", "functions", "watch")) {
      Stack stack = (Stack) app.getNode().findChild(new Names(STAGE).stack(part));
      stacks.put(part, new Resources(Template.fromStack(stack)));
    }
  }

  /** As a stage is without settings of its own. */
  static Synthesis usual() {
    return with(Map.of());
  }

  static synchronized Synthesis with(Map<String, Object> context) {
    Synthesis done = DONE.get(context);
    if (done == null) {
      done = new Synthesis(context);
      DONE.put(context, done);
    }
    return done;
  }

  Resources stack(String part) {
    Resources resources = stacks.get(part);
    if (resources == null) {
      throw new IllegalArgumentException(part);
    }
    return resources;
  }

  Stream<Resources> all() {
    return stacks.values().stream();
  }

  /** Something in the place of the code: what is in it matters to no template. */
  private static Path code(Path target) {
    try {
      Path code = target.resolve("code.test");
      Files.writeString(
          Files.createDirectories(code.resolve("lib")).resolve("some.jar"), "no code");
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
