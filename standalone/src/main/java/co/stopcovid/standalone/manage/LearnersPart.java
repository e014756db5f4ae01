package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.Json;
import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.adapters.postgres.PostgresLearnerDirectory;
import co.stopcovid.adapters.postgres.PostgresProgressStore;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import java.io.PrintWriter;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code dialog manage learners}. */
@Command(
    name = "learners",
    description = "Learners and their progress.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class LearnersPart implements Runnable {
  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  LearnersPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(spec, "list, show or link");
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
      @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N.")
          int limit,
      @Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.visit(
        visit -> {
          var rows =
              new Rows(
                  visitor.out(), json, "ID", "NUMBER", "NAME", "COMPANY", "STATE", "DONE", "LAST");
          LearnerId last = after == null ? null : new LearnerId(after);
          for (LearnerProgress learner :
              new PostgresLearnerDirectory(visit.database())
                  .page(company, last, Math.max(1, limit))) {
            rows.add(
                object -> write(object, learner),
                learner.id(),
                learner.numbers().primary().value(),
                name(learner),
                learner.profile().accountInfo().company(),
                state(learner),
                completed(learner) + "/" + learner.statuses().size(),
                learner.lastInteractedTime());
          }
          rows.end();
          return 0;
        });
  }

  @Command(
      name = "show",
      description = "Shows a learner's numbers and drills.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "NUMBER", description = "One of the learner's.") String number,
      @Option(names = "--json", description = "As one JSON object.") boolean json) {
    PhoneNumber phone = Visitor.phone(number);
    return visitor.visit(
        visit -> {
          LearnerProgress learner =
              new PostgresProgressStore(visit.database()).find(Set.of(phone)).get(phone);
          if (learner == null) {
            return visitor.failed("nothing was heard of " + phone.value());
          }
          PrintWriter out = visitor.out();
          if (json) {
            out.println(Rows.object(object -> write(object, learner)));
          } else {
            print(out, learner);
          }
          out.flush();
          return 0;
        });
  }

  @Command(
      name = "link",
      description = {
        "Makes a number that nothing was heard of another number of a learner.",
        "Drills and reminders still go to the first one."
      },
      mixinStandardHelpOptions = true)
  int link(
      @Parameters(paramLabel = "NUMBER", description = "One of the learner's.") String number,
      @Parameters(paramLabel = "ADDITIONAL", description = "The other one.") String additional) {
    PhoneNumber phone = Visitor.phone(number);
    PhoneNumber other = Visitor.phone(additional);
    return visitor.visit(
        visit -> {
          var store = new PostgresProgressStore(visit.database());
          LearnerProgress learner = store.find(Set.of(phone)).get(phone);
          if (learner == null) {
            return visitor.failed("nothing was heard of " + phone.value());
          }
          return store.link(learner.id(), other)
              ? 0
              : visitor.failed(other.value() + " is a learner already");
        });
  }

  private static void print(PrintWriter out, LearnerProgress learner) {
    out.println("learner    " + learner.id());
    for (LearnerPhone phone : learner.phones()) {
      out.println(
          "number     %s%s%s"
              .formatted(
                  phone.phone().value(),
                  phone.primary() && learner.phones().size() > 1 ? ", the first" : "",
                  phone.optedOut() ? ", opted out" : ""));
    }
    out.println("name       " + Rows.cell(name(learner)));
    out.println("company    " + Rows.cell(learner.profile().accountInfo().company()));
    out.println("language   " + language(learner));
    out.println("state      " + state(learner));
    out.println("last heard " + learner.lastInteractedTime());
    for (DrillStatus drill : learner.statuses()) {
      String state =
          drill.completedTime() != null
              ? "completed " + drill.completedTime()
              : drill.startedTime() != null ? "started " + drill.startedTime() : "not started";
      out.println("drill      %s: %s".formatted(drill.drill(), state));
    }
  }

  private static String name(LearnerProgress learner) {
    String name = learner.profile().name();
    return name == null ? "" : name;
  }

  private static String language(LearnerProgress learner) {
    Language language = learner.profile().language();
    return language == null ? "" : language.code();
  }

  private static String state(LearnerProgress learner) {
    var profile = learner.profile();
    String state =
        profile.optedOut() ? "opted out" : profile.validated() ? "registered" : "not registered";
    return profile.isDemo() ? state + ", demo" : state;
  }

  private static long completed(LearnerProgress learner) {
    return learner.statuses().stream().filter(DrillStatus::isCompleted).count();
  }

  private static void write(JsonGenerator object, LearnerProgress learner) {
    Json.writeText(object, "id", learner.id().toString());
    object.writeName("phone_numbers");
    object.writeStartArray();
    for (LearnerPhone phone : learner.phones()) {
      object.writeStartObject();
      Json.writeText(object, "phone_number", phone.phone().value());
      object.writeBooleanProperty("is_primary", phone.primary());
      object.writeEndObject();
    }
    object.writeEndArray();
    object.writeName("user_profile");
    ProfileCodec.write(object, learner.profile());
    Json.writeTime(object, "last_interacted_time", learner.lastInteractedTime());
    object.writeName("drills");
    object.writeStartArray();
    for (DrillStatus drill : learner.statuses()) {
      object.writeStartObject();
      Json.writeText(object, "slug", drill.drill().value());
      Json.writeTime(object, "started_time", drill.startedTime());
      Json.writeTime(object, "completed_time", drill.completedTime());
      object.writeEndObject();
    }
    object.writeEndArray();
  }
}
