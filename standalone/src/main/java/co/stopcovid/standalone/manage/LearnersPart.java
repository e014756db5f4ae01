package co.stopcovid.standalone.manage;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code dialog manage learners}. */
@Command(
    name = "learners",
    description = "Learners, their progress, and what their dialogs are told to do.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class LearnersPart implements Runnable {
  private static final String NUMBER = "One of the learner's.";

  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  LearnersPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(
        spec, "list, show, link, message, start, remind, correct, reset or rebuild");
  }

  @Command(
      name = "list",
      description = "Lists learners in the order of their ids.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--company", paramLabel = "NAME", description = "Only those of this one.")
          @Nullable String company,
      @Option(names = "--after", paramLabel = "ID", description = "Only those after this one.")
          @Nullable UUID after,
      @Option(names = "--silent", description = "Only those who leave sessions unanswered.")
          boolean silent,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    String all = "/learners" + (silent ? "?silent=true" : "");
    return visitor.list(
        company == null ? all : all + (silent ? "&" : "?") + "company=" + ApiClient.encode(company),
        after == null ? null : after.toString(),
        limit,
        json,
        Column.of("ID", "/learner_id"),
        new Column("NUMBER", LearnersPart::primary),
        Column.of("NAME", "/user_profile/name"),
        Column.of("COMPANY", "/user_profile/account_info/company"),
        new Column("STATE", LearnersPart::state),
        new Column("DONE", LearnersPart::done),
        Column.of("LAST", "/last_interacted_time"));
  }

  private static String done(JsonNode learner) {
    return Rows.text(learner, "/progress/completed") + "/" + Rows.text(learner, "/progress/drills");
  }

  private static String primary(JsonNode learner) {
    for (JsonNode phone : learner.path("phone_numbers")) {
      if (phone.path("is_primary").asBoolean()) {
        return Rows.text(phone, "/phone_number");
      }
    }
    return Rows.text(learner, "/phone_numbers/0/phone_number");
  }

  private static String state(JsonNode learner) {
    JsonNode profile = learner.path("user_profile");
    String state =
        profile.path("opted_out").asBoolean()
            ? "opted out"
            : profile.path("validated").asBoolean() ? "registered" : "not registered";
    String silence = Rows.text(learner, "/silence");
    return state
        + (profile.path("is_demo").asBoolean() ? ", demo" : "")
        + (silence.isEmpty() || silence.equals("none") ? "" : ", silent (%s)".formatted(silence));
  }

  @Command(
      name = "show",
      description = "Shows a learner's numbers and drills.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "NUMBER", description = NUMBER) String number,
      @Option(names = "--json", description = "As one JSON object.") boolean json) {
    String path = path(number, "");
    return visitor.ask(
        api -> {
          JsonNode learner = api.get(path);
          Paper paper = visitor.paper();
          if (json) {
            paper.writer().println(learner);
          } else {
            print(paper, learner);
          }
          paper.writer().flush();
          return 0;
        });
  }

  private static String path(String number, String what) {
    return "/learners/" + ApiClient.encode(Visitor.phone(number).value()) + what;
  }

  private static void print(Paper paper, JsonNode learner) {
    line(paper, "learner", Rows.text(learner, "/learner_id"));
    int numbers = learner.path("phone_numbers").size();
    for (JsonNode phone : learner.path("phone_numbers")) {
      line(
          paper,
          "number",
          Rows.text(phone, "/phone_number")
              + (phone.path("is_primary").asBoolean() && numbers > 1 ? ", the first" : "")
              + (phone.path("opted_out").asBoolean() ? ", opted out" : ""));
    }
    line(paper, "name", Rows.text(learner, "/user_profile/name"));
    line(paper, "company", Rows.text(learner, "/user_profile/account_info/company"));
    line(paper, "language", Rows.text(learner, "/user_profile/language"));
    line(paper, "state", state(learner));
    line(paper, "last heard", Rows.text(learner, "/last_interacted_time"));
    for (JsonNode drill : learner.path("drills")) {
      String completed = Rows.text(drill, "/completed_time");
      String started = Rows.text(drill, "/started_time");
      String state =
          !completed.isEmpty()
              ? "completed " + completed
              : !started.isEmpty() ? "started " + started : "not started";
      line(paper, "drill", Rows.text(drill, "/drill_slug") + ": " + state);
    }
  }

  private static void line(Paper paper, String what, String text) {
    paper.println("%-10s %s".formatted(what, Rows.plain(text)).stripTrailing());
  }

  @Command(
      name = "link",
      description = {
        "Makes a number that nothing was heard of another number of a learner.",
        "Drills and reminders still go to the first one."
      },
      mixinStandardHelpOptions = true)
  int link(
      @Parameters(paramLabel = "NUMBER", description = NUMBER) String number,
      @Parameters(paramLabel = "ADDITIONAL", description = "The other one.") String additional) {
    String path = path(number, "/numbers");
    String other = Visitor.phone(additional).value();
    return visitor.ask(
        api -> {
          api.post(path, json -> json.writeStringProperty("phone_number", other));
          return 0;
        });
  }

  @Command(
      name = "message",
      description = "Sends a learner a message, in your own words.",
      mixinStandardHelpOptions = true)
  int message(
      @Parameters(paramLabel = "NUMBER", description = NUMBER) String number,
      @Parameters(paramLabel = "TEXT", description = "Up to 1600 characters.") String text) {
    String path = path(number, "/messages");
    return taken(api -> api.post(path, json -> json.writeStringProperty("message", text)));
  }

  @Command(
      name = "start",
      description = "Starts a drill, in place of one that may be under way.",
      mixinStandardHelpOptions = true)
  int start(
      @Parameters(paramLabel = "NUMBER", description = NUMBER) String number,
      @Parameters(paramLabel = "DRILL", description = "Its slug, as drills list has it.")
          String drill) {
    String path = path(number, "/drill");
    return taken(api -> api.post(path, json -> json.writeStringProperty("drill_slug", drill)));
  }

  @Command(
      name = "remind",
      description = "Reminds a learner of the question that waits.",
      mixinStandardHelpOptions = true)
  int remind(@Parameters(paramLabel = "NUMBER", description = NUMBER) String number) {
    String path = path(number, "/reminder");
    return taken(api -> api.post(path));
  }

  @Command(
      name = "correct",
      description = "Corrects entries of a learner's profile; an empty value removes one.",
      mixinStandardHelpOptions = true)
  int correct(
      @Parameters(index = "0", paramLabel = "NUMBER", description = NUMBER) String number,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "KEY=VALUE",
              description = "Such as name=Ana or language=es.")
          Map<String, String> changes) {
    String path = path(number, "/profile");
    return taken(
        api ->
            api.patch(
                path,
                json -> {
                  json.writeObjectPropertyStart("changes");
                  changes.forEach(
                      (key, value) -> {
                        if (value.isEmpty()) {
                          json.writeNullProperty(key);
                        } else {
                          json.writeStringProperty(key, value);
                        }
                      });
                  json.writeEndObject();
                }));
  }

  @Command(
      name = "reset",
      description = "Ends the drill under way; the profile stays.",
      mixinStandardHelpOptions = true)
  int reset(@Parameters(paramLabel = "NUMBER", description = NUMBER) String number) {
    String path = path(number, "/reset");
    return taken(api -> api.post(path));
  }

  @Command(
      name = "rebuild",
      description = "Computes a learner's progress anew from the events.",
      mixinStandardHelpOptions = true)
  int rebuild(@Parameters(paramLabel = "NUMBER", description = NUMBER) String number) {
    String path = path(number, "/rebuild");
    return visitor.ask(
        api -> {
          JsonNode result = api.post(path);
          return visitor.done(
              "%s event batches; %s"
                  .formatted(
                      result.path("batches"),
                      result.path("corrected").asInt() > 0
                          ? "what was stored is put right"
                          : "it was stored right"));
        });
  }

  /** An order that becomes a command. */
  private interface Order {
    JsonNode give(ApiClient api);
  }

  private int taken(Order order) {
    return visitor.ask(
        api -> visitor.done("taken as command " + Rows.text(order.give(api), "/seq")));
  }
}
