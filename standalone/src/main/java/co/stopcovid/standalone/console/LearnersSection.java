package co.stopcovid.standalone.console;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Learners: all of them in pages, and each with profile, drills and conversation. */
public final class LearnersSection implements Section {
  private static final String PATH = "/console/learners";
  private static final int LEARNERS = 50;
  private static final int MESSAGES = 50;
  private static final int MOST_AT_ONE_MOMENT = 10_000;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final LearnerDirectory directory;
  private final ProgressStore progress;
  private final DialogStore dialogs;
  private final MessageLog log;

  public LearnersSection(
      LearnerDirectory directory, ProgressStore progress, DialogStore dialogs, MessageLog log) {
    this.directory = directory;
    this.progress = progress;
    this.dialogs = dialogs;
    this.log = log;
  }

  /**
   * What the list shows.
   *
   * @param company whose learners; empty for everybody's
   * @param more the address of the next ones; empty when there are none
   */
  record ListView(String company, List<LearnerProgress> learners, String more) {}

  /**
   * What a learner's page shows.
   *
   * @param learner null when progress has not heard of the learner yet
   * @param state null when it is stored, but cannot be read
   * @param messages the oldest first
   * @param earlier the address of the messages before those; empty when there are none
   */
  record OneView(
      PhoneNumber phone,
      @Nullable LearnerProgress learner,
      @Nullable DialogState state,
      List<LoggedMessage> messages,
      String earlier) {
    /** As of the learner's last word. */
    UserProfile profile() {
      if (learner != null) {
        return learner.profile();
      }
      return state == null ? UserProfile.NEW : state.profile();
    }
  }

  @Override
  public Link link() {
    return new Link("Learners", PATH);
  }

  @Override
  public List<Step> steps() {
    return List.of(Step.show(PATH, this::list), Step.show(PATH + "/{phone}", this::show));
  }

  /** Where the page of the learner with this number is. */
  static String path(PhoneNumber phone) {
    return PATH + "/" + Given.encode(phone.value());
  }

  private Answer list(Context context) {
    String number = context.queryParam("number");
    if (number != null && !number.isBlank()) {
      return new Answer.Go(path(Given.parse(number.strip(), PhoneNumber::new)));
    }
    String given = context.queryParam("company");
    String company = given == null ? "" : Given.parse(given.strip(), text -> text);
    String after = context.queryParam("after");
    LearnerId last =
        after == null ? null : Given.parse(after, id -> new LearnerId(UUID.fromString(id)));
    List<LearnerProgress> page = directory.page(company.isEmpty() ? null : company, last, LEARNERS);
    String more =
        page.size() < LEARNERS
            ? ""
            : PATH + Given.query("company", company, "after", page.getLast().id().toString());
    return new Answer.Show("learners.jte", "Learners", new ListView(company, page, more));
  }

  private Answer show(Context context) {
    PhoneNumber phone = Given.parse(context.pathParam("phone"), PhoneNumber::new);
    LearnerProgress learner = progress.find(Set.of(phone)).get(phone);
    DialogState state = dialogs.load(Set.of(phone)).get(phone);
    Instant until = time(context.queryParam("until"));
    int shown = shown(context.queryParam("shown"));
    // Messages of one moment may stand on both sides of a page's end.
    List<LoggedMessage> page =
        log.conversation(phone, until.plusMillis(1), MESSAGES + shown).stream()
            .skip(shown)
            .toList();
    if (learner == null && page.isEmpty() && state != null && state.version() == 0) {
      throw Problem.notFound("no learner with this number is known");
    }
    return new Answer.Show(
        "learner.jte",
        phone.value(),
        new OneView(
            phone,
            learner,
            state,
            page.reversed(),
            page.size() < MESSAGES ? "" : earlier(phone, page, until, shown)));
  }

  private static String earlier(
      PhoneNumber phone, List<LoggedMessage> page, Instant until, int shown) {
    Instant last = page.getLast().time();
    int same = (int) page.stream().filter(message -> message.time().equals(last)).count();
    return path(phone)
        + Given.query(
            "until",
            Long.toString(last.toEpochMilli()),
            "shown",
            Integer.toString(last.equals(until) ? shown + same : same));
  }

  private static Instant time(@Nullable String millis) {
    if (millis == null) {
      return LATEST;
    }
    Instant time = Given.parse(millis, text -> Instant.ofEpochMilli(Long.parseLong(text)));
    return time.isAfter(LATEST) || time.isBefore(Instant.EPOCH) ? LATEST : time;
  }

  private static int shown(@Nullable String count) {
    return count == null
        ? 0
        : Math.clamp(Given.parse(count, Integer::valueOf), 0, MOST_AT_ONE_MOMENT);
  }
}
