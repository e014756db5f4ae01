package co.stopcovid.standalone.console;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.Learners;
import co.stopcovid.desk.Orders;
import co.stopcovid.desk.Result;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done on a learner's page: each is one operation of the desk. */
final class LearnerActions {
  /** Entries of a profile that people correct. */
  static final List<String> CORRECTED =
      List.of(
          ProfileKey.NAME.wireName(),
          ProfileKey.LANGUAGE.wireName(),
          ProfileKey.JOB.wireName(),
          "company",
          "unit_name",
          "time_zone",
          ProfileKey.SCHEDULE_DAYS.wireName(),
          ProfileKey.SCHEDULE_TIME.wireName());

  private final Learners learners;
  private final Orders orders;

  LearnerActions(Learners learners, Orders orders) {
    this.learners = learners;
    this.orders = orders;
  }

  /** What was done, for the one who did it. */
  private enum Done {
    MESSAGE("The message is on its way."),
    DRILL("The drill starts."),
    REMINDER("The learner is reminded."),
    PROFILE("The profile is corrected."),
    RESET("The drill under way ends."),
    LINK("The number is linked."),
    REBUILD("The progress is computed anew.");

    private final String words;

    Done(String words) {
      this.words = words;
    }
  }

  List<Step> steps(String learner) {
    return List.of(
        Step.act(learner + "/message", this::sendMessage),
        Step.act(learner + "/drill", this::startDrill),
        Step.act(learner + "/reminder", this::remind),
        Step.act(learner + "/profile", this::correct),
        Step.act(learner + "/reset", this::reset),
        Step.act(learner + "/numbers", this::link),
        Step.act(learner + "/rebuild", this::rebuild));
  }

  /** What the page says of what was done just now; empty for nothing. */
  static String words(@Nullable String done) {
    return Arrays.stream(Done.values())
        .filter(known -> known.name().equals(done))
        .map(known -> known.words)
        .findFirst()
        .orElse("");
  }

  private static PhoneNumber phone(Context context) {
    return Given.parse(context.pathParam("phone"), PhoneNumber::new);
  }

  private static Answer done(Context context, Result<?> result, Done done) {
    result.orElseThrow(Problem::of);
    return new Answer.Go(LearnersSection.path(phone(context)) + Given.query("done", done.name()));
  }

  private static String field(Context context, String name) throws IOException {
    return Given.form(context).getOrDefault(name, "").strip();
  }

  private Answer sendMessage(Context context) throws IOException {
    String text = field(context, "message");
    return done(
        context, orders.sendMessage(Console.PERSON, phone(context), text, null), Done.MESSAGE);
  }

  private Answer startDrill(Context context) throws IOException {
    DrillSlug drill = Given.parse(field(context, "drill"), DrillSlug::new);
    return done(
        context, orders.startDrill(Console.PERSON, phone(context), drill, null), Done.DRILL);
  }

  private Answer remind(Context context) {
    return done(context, orders.remind(Console.PERSON, phone(context), null), Done.REMINDER);
  }

  private Answer correct(Context context) throws IOException {
    Map<String, String> form = Given.form(context);
    String value = form.getOrDefault("value", "").strip();
    String entry = form.getOrDefault("entry", "");
    ProfileChanges changes =
        Given.parse(
            value,
            text ->
                ProfileChanges.of(
                    Map.of(entry, text.isEmpty() ? Optional.empty() : Optional.of(text))));
    return done(
        context, orders.correct(Console.PERSON, phone(context), changes, null), Done.PROFILE);
  }

  private Answer reset(Context context) {
    return done(context, orders.reset(Console.PERSON, phone(context), null), Done.RESET);
  }

  private Answer link(Context context) throws IOException {
    PhoneNumber additional = Given.parse(field(context, "number"), PhoneNumber::new);
    return done(context, learners.link(Console.PERSON, phone(context), additional), Done.LINK);
  }

  private Answer rebuild(Context context) {
    return done(context, learners.rebuild(Console.PERSON, phone(context)), Done.REBUILD);
  }
}
