package co.stopcovid.standalone.console;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.desk.Conversation;
import co.stopcovid.desk.Conversation.Moment;
import co.stopcovid.desk.KnownLearner;
import co.stopcovid.desk.Learners;
import co.stopcovid.desk.Orders;
import co.stopcovid.desk.Refusal;
import co.stopcovid.desk.Result;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.sms.LoggedMessage;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Learners: all of them in pages, and each with profile, drills and conversation. */
public final class LearnersSection implements Section {
  private static final String PATH = "/console/learners";
  private static final int LEARNERS = 50;
  private static final int MESSAGES = 50;

  private final Learners learners;
  private final LearnerActions actions;
  private final DrillCatalogue catalogue;

  public LearnersSection(Learners learners, Orders orders, DrillCatalogue catalogue) {
    this.learners = learners;
    this.actions = new LearnerActions(learners, orders);
    this.catalogue = catalogue;
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
   * @param done what was done just now; empty for nothing
   * @param drills that can be started
   * @param messages the oldest first
   * @param earlier the address of the messages before those; empty when there are none
   */
  record OneView(
      String done,
      KnownLearner known,
      List<String> drills,
      List<LoggedMessage> messages,
      String earlier) {
    @Nullable LearnerProgress learner() {
      return known.progress();
    }

    @Nullable DialogState state() {
      return known.dialog();
    }

    PhoneNumber phone() {
      return known.phone();
    }

    UserProfile profile() {
      return known.profile();
    }

    /** Where an action is. */
    String action(String what) {
      return path(phone()) + "/" + what;
    }
  }

  @Override
  public Link link() {
    return new Link("Learners", PATH);
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.show(PATH, this::list));
    steps.add(Step.show(PATH + "/{phone}", this::show));
    steps.addAll(actions.steps(PATH + "/{phone}"));
    return steps;
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
    List<LearnerProgress> page =
        learners
            .page(Console.PERSON, company.isEmpty() ? null : company, last, LEARNERS)
            .orElseThrow(Problem::of);
    String more =
        page.size() < LEARNERS
            ? ""
            : PATH + Given.query("company", company, "after", page.getLast().id().toString());
    return new Answer.Show("learners.jte", "Learners", new ListView(company, page, more));
  }

  private Answer show(Context context) {
    PhoneNumber phone = Given.parse(context.pathParam("phone"), PhoneNumber::new);
    Conversation said =
        learners
            .conversation(Console.PERSON, phone, moment(context), MESSAGES)
            .orElseThrow(Problem::of);
    Moment earlier = said.earlier();
    return new Answer.Show(
        "learner.jte",
        phone.value(),
        new OneView(
            LearnerActions.words(context.queryParam("done")),
            known(phone, said),
            drills(),
            said.messages().reversed(),
            earlier == null ? "" : earlier(phone, earlier)));
  }

  private List<String> drills() {
    try {
      return catalogue.all().stream().map(drill -> drill.slug().value()).toList();
    } catch (ContentException e) {
      return List.of();
    }
  }

  /** Of a number that sent nothing but what no rule fitted only the messages are known. */
  private KnownLearner known(PhoneNumber phone, Conversation said) {
    return switch (learners.show(Console.PERSON, phone)) {
      case Result.Done<KnownLearner>(KnownLearner known) -> known;
      case Result.Refused<KnownLearner>(Refusal refusal) -> {
        if (said.messages().isEmpty() || refusal.kind() != Refusal.Kind.UNKNOWN) {
          throw Problem.of(refusal);
        }
        yield new KnownLearner(phone, null, DialogState.initial(phone));
      }
    };
  }

  private static String earlier(PhoneNumber phone, Moment moment) {
    return path(phone)
        + Given.query(
            "until",
            Long.toString(moment.time().toEpochMilli()),
            "shown",
            Integer.toString(moment.shown()));
  }

  private static @Nullable Moment moment(Context context) {
    String until = context.queryParam("until");
    String shown = context.queryParam("shown");
    return until == null
        ? null
        : Given.parse(
            until,
            millis ->
                new Moment(
                    Instant.ofEpochMilli(Long.parseLong(millis)),
                    shown == null ? 0 : Integer.parseInt(shown)));
  }
}
