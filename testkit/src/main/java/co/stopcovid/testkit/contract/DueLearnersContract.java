package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.ChosenTime;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.progress.DueLearners.ChosenLearner;
import co.stopcovid.progress.DueLearners.InactiveLearner;
import co.stopcovid.progress.DueLearners.WaitingPrompt;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.UnaskedSessions;
import co.stopcovid.progress.Whereabouts;
import co.stopcovid.testkit.LearnerStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link DueLearners} must do. */
public abstract class DueLearnersContract extends StoredProgress {
  private static final Instant LATER = NOON.plus(HOUR);

  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme");
  private final LearnerStory ben = LearnerStory.ofSomeone().registers("Acme");

  private DueLearners learners() {
    return first().dueLearners();
  }

  private List<InactiveLearner> inactive(Set<DrillSlug> published) {
    return learners().inactive(NOON, published, null, 100);
  }

  private InactiveLearner due(LearnerStory story, DrillSlug next) {
    return new InactiveLearner(
        idOf(story),
        new Whereabouts(story.phone(), ""),
        next,
        progressOf(story).unasked(),
        ChosenTime.of(progressOf(story).profile()));
  }

  @Test
  void theInactiveHaveStartedADrillAndHaveOneLeft() {
    LearnerStory finished =
        LearnerStory.ofSomeone()
            .registers("Acme")
            .starts(FIRST)
            .completes()
            .starts(SECOND)
            .completes()
            .starts(THIRD)
            .completes();
    tell(ana.starts(FIRST).completes(), ben, finished);

    assertThat(inactive(PUBLISHED)).containsExactly(due(ana, SECOND.slug()));
  }

  @Test
  void whoWasHeardOfLaterIsNotInactive() {
    tell(ana.starts(FIRST).completes().at(NOON.plusMillis(1)).wantsMore(), ben.starts(FIRST));

    assertThat(inactive(PUBLISHED)).containsExactly(due(ben, SECOND.slug()));
  }

  @Test
  void theNextDrillIsTheFirstNotStartedElseTheFirstNotCompletedOfThePublished() {
    tell(ana.starts(FIRST).starts(THIRD).completes());

    assertThat(inactive(PUBLISHED)).containsExactly(due(ana, SECOND.slug()));
    assertThat(inactive(Set.of(FIRST.slug(), THIRD.slug())))
        .containsExactly(due(ana, FIRST.slug()));
    assertThat(inactive(Set.of(THIRD.slug()))).isEmpty();
    assertThat(inactive(Set.of())).isEmpty();
  }

  @Test
  void theSequenceIsThatOfTheCourseNotOfTheSlugs() {
    tell(ana.starts(FIRST).completes());
    store().enrol(List.of(FIRST.slug(), THIRD.slug(), SECOND.slug()), null, 100);

    assertThat(inactive(PUBLISHED)).containsExactly(due(ana, THIRD.slug()));
  }

  @Test
  void whoOptedOutOrIsNotRegisteredIsLeftAlone() {
    LearnerStory unknown = LearnerStory.ofSomeone().failsToRegister().starts(FIRST);
    tell(ana.starts(FIRST).completes().optsOut(), unknown);

    assertThat(inactive(PUBLISHED)).isEmpty();
  }

  @Test
  void theDrillGoesToThePrimaryNumberUnlessThatOneOptedOut() {
    LearnerStory second = LearnerStory.ofSomeone();
    tell(ana.starts(FIRST).completes());
    store().link(idOf(ana), second.phone());
    tell(second.registers("Acme").starts(FIRST));
    assertThat(inactive(PUBLISHED))
        .extracting(it -> it.whereabouts().phone())
        .containsExactly(ana.phone());

    tell(ana.optsOut());
    assertThat(inactive(PUBLISHED)).as("the learner's last word").isEmpty();

    tell(second.wantsMore());
    assertThat(inactive(PUBLISHED))
        .extracting(it -> it.whereabouts().phone())
        .containsExactly(second.phone());
  }

  @Test
  void theTimeZoneOfTheRegistrationComesAlong() {
    LearnerStory somewhere =
        LearnerStory.ofSomeone()
            .registers(false, Map.of("time_zone", "America/Phoenix"))
            .starts(FIRST);
    tell(somewhere);

    assertThat(inactive(PUBLISHED))
        .extracting(it -> it.whereabouts().timeZone())
        .containsExactly("America/Phoenix");
    assertThat(learners().waiting(1, NOON, NOON, null, 10))
        .extracting(it -> it.whereabouts().timeZone())
        .containsExactly("America/Phoenix");
  }

  @Test
  void pagesOfTheInactiveLeaveNobodyOutAndRepeatNobody() {
    List<LearnerStory> stories =
        Stream.generate(() -> LearnerStory.ofSomeone().registers("Acme").starts(FIRST))
            .limit(11)
            .toList();
    tell(stories.toArray(LearnerStory[]::new));

    List<LearnerId> seen = new ArrayList<>();
    List<InactiveLearner> page = learners().inactive(NOON, PUBLISHED, null, 4);
    while (page.size() == 4) {
      page.forEach(it -> seen.add(it.learner()));
      page = learners().inactive(NOON, PUBLISHED, seen.getLast(), 4);
    }
    page.forEach(it -> seen.add(it.learner()));

    assertThat(seen)
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(stories.stream().map(StoredProgress::idOf).toList());
  }

  // Reminders.

  private List<WaitingPrompt> waiting(Instant from, Instant to) {
    return learners().waiting(1, from, to, null, 100);
  }

  private static WaitingPrompt prompt(
      LearnerStory story, UUID instance, String prompt, Instant since) {
    return new WaitingPrompt(
        new Whereabouts(story.phone(), ""), instance, new PromptSlug(prompt), since);
  }

  @Test
  void aPromptIsFoundByHowLongItHasWaited() {
    tell(ana.starts(FIRST));
    WaitingPrompt expected = prompt(ana, ana.instance(2), "language", NOON);

    assertThat(waiting(NOON, NOON)).containsExactly(expected);
    assertThat(waiting(NOON.minus(HOUR), LATER)).containsExactly(expected);
    assertThat(waiting(NOON.plusMillis(1), LATER)).as("too long").isEmpty();
    assertThat(waiting(NOON.minus(HOUR), NOON.minusMillis(1))).as("not yet").isEmpty();
  }

  @Test
  void aWrongAnswerAndTheNextPromptBeginTheWaitingAnew() {
    tell(ana.starts(FIRST).at(LATER).fails("language"));
    assertThat(waiting(NOON, NOON)).isEmpty();
    assertThat(waiting(LATER, LATER))
        .containsExactly(prompt(ana, ana.instance(2), "language", LATER));

    Instant last = LATER.plus(HOUR);
    tell(ana.at(last).answers("language", "name"));
    assertThat(waiting(NOON, LATER)).isEmpty();
    assertThat(waiting(last, last)).containsExactly(prompt(ana, ana.instance(2), "name", last));
  }

  @Test
  void completedInvalidAndOptedOutInstancesAreNotFound() {
    LearnerStory demo = LearnerStory.ofSomeone().registers(true, Map.of()).starts(FIRST);
    demo.registers(true, Map.of());
    LearnerStory out = LearnerStory.ofSomeone().registers("Acme").starts(FIRST).starts(SECOND);
    tell(ana.starts(FIRST).completes(), ben.starts(FIRST).optsOut(), demo, out.optsOut());

    assertThat(waiting(NOON, LATER)).isEmpty();
  }

  @Test
  void aReminderGoesToTheNumberThatTheDrillRunsOn() {
    LearnerStory second = LearnerStory.ofSomeone();
    tell(ana);
    store().link(idOf(ana), second.phone());
    tell(second.registers("Acme").starts(FIRST));

    assertThat(waiting(NOON, NOON))
        .containsExactly(prompt(second, second.instance(2), "language", NOON));
  }

  @Test
  void aPromptThatWasRemindedOfIsNotFoundAgainButTheNextOneIs() {
    tell(ana.starts(FIRST), ben.starts(FIRST));
    WaitingPrompt reminded = prompt(ana, ana.instance(2), "language", NOON);
    learners().recordReminders(1, List.of(reminded), LATER);
    learners().recordReminders(1, List.of(reminded), LATER.plus(HOUR));

    assertThat(waiting(NOON, NOON)).containsExactly(prompt(ben, ben.instance(2), "language", NOON));
    tell(ana.at(LATER).fails("language"));
    assertThat(waiting(LATER, LATER)).as("the same prompt, waiting anew").isEmpty();
    tell(ana.answers("language", "name"));
    assertThat(waiting(LATER, LATER)).containsExactly(prompt(ana, ana.instance(2), "name", LATER));
  }

  @Test
  void remindersAreForgottenByTheTimeOfTheFirst() {
    tell(ana.starts(FIRST));
    WaitingPrompt reminded = prompt(ana, ana.instance(2), "language", NOON);
    learners().recordReminders(1, List.of(reminded), LATER);

    learners().forgetReminders(LATER);
    assertThat(waiting(NOON, NOON)).isEmpty();
    learners().forgetReminders(LATER.plusMillis(1));
    assertThat(waiting(NOON, NOON)).containsExactly(reminded);
  }

  @Test
  void pagesOfTheWaitingAreByHourAndLeaveNothingOut() {
    List<LearnerStory> stories = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      stories.add(
          LearnerStory.ofSomeone()
              .registers("Acme")
              .at(NOON.plus(HOUR.multipliedBy(i / 5)))
              .starts(FIRST));
    }
    tell(stories.toArray(LearnerStory[]::new));

    List<WaitingPrompt> seen = new ArrayList<>();
    List<WaitingPrompt> page = learners().waiting(1, NOON, LATER.plus(HOUR), null, 4);
    while (page.size() == 4) {
      seen.addAll(page);
      page = learners().waiting(1, NOON, LATER.plus(HOUR), seen.getLast(), 4);
    }
    seen.addAll(page);

    assertThat(seen).extracting(WaitingPrompt::since).isSorted();
    assertThat(seen)
        .extracting(it -> it.whereabouts().phone())
        .containsExactlyInAnyOrderElementsOf(stories.stream().map(LearnerStory::phone).toList());
  }

  @Test
  void eachStepIsRecordedForItselfAndThoseBefore() {
    tell(ana.starts(FIRST));
    WaitingPrompt prompt = prompt(ana, ana.instance(2), "language", NOON);
    learners().recordReminders(1, List.of(prompt), LATER);
    assertThat(learners().waiting(2, NOON, NOON, null, 10)).containsExactly(prompt);

    learners().recordReminders(3, List.of(prompt), LATER);
    learners().recordReminders(1, List.of(prompt), LATER);
    assertThat(learners().waiting(1, NOON, NOON, null, 10)).isEmpty();
    assertThat(learners().waiting(3, NOON, NOON, null, 10)).isEmpty();
    assertThat(learners().waiting(4, NOON, NOON, null, 10)).containsExactly(prompt);
  }

  @Test
  void aDrillThatWasReplacedDoesNotWait() {
    tell(ana.starts(FIRST).at(LATER).wantsMore().starts(SECOND));
    assertThat(waiting(NOON, LATER))
        .containsExactly(prompt(ana, ana.instance(4), "language", LATER));

    tell(ana.completes());
    assertThat(waiting(NOON, LATER)).as("the first one is not under way again").isEmpty();
  }

  @Test
  void whoIsSilentIsNotRemindedUntilTheLearnerWrites() {
    tell(ana.starts(FIRST).starts(FIRST));
    assertThat(waiting(NOON, NOON)).isEmpty();

    tell(ana.at(LATER).fails("language"));
    assertThat(waiting(LATER, LATER)).hasSize(1);
  }

  @Test
  void whatCameUnaskedComesAlong() {
    tell(ana.starts(FIRST), ben.starts(FIRST).starts(SECOND).wantsMore());

    assertThat(inactive(PUBLISHED))
        .extracting(InactiveLearner::unasked)
        .containsExactlyInAnyOrder(new UnaskedSessions(1, NOON), new UnaskedSessions(0, NOON));
  }

  // Chosen times.

  private static final Map<String, Optional<String>> MONDAYS_AT_NINE =
      Map.of("schedule_days", Optional.of("mon"), "schedule_time", Optional.of("09:00"));

  @Test
  void whoHasChosenATimeIsFoundAsLongAsItStands() {
    tell(
        ana.isGiven(MONDAYS_AT_NINE).starts(FIRST),
        ben.isGiven(Map.of("schedule_days", Optional.of("mon"))),
        LearnerStory.ofSomeone().failsToRegister().isGiven(MONDAYS_AT_NINE),
        LearnerStory.ofSomeone().registers("Acme").isGiven(MONDAYS_AT_NINE).optsOut());

    assertThat(learners().withChosenTime(null, 10))
        .containsExactly(
            new ChosenLearner(
                idOf(ana),
                new Whereabouts(ana.phone(), ""),
                new UnaskedSessions(1, NOON),
                ChosenTime.parse("mon", "09:00")));
    assertThat(inactive(PUBLISHED))
        .extracting(InactiveLearner::chosen)
        .containsExactly(ChosenTime.parse("mon", "09:00"));
    tell(ana.isGiven(Map.of("schedule_time", Optional.empty())));
    assertThat(learners().withChosenTime(null, 10)).isEmpty();
  }

  @Test
  void pagesOfThoseWithAChosenTimeLeaveNobodyOut() {
    List<LearnerStory> stories =
        Stream.generate(() -> LearnerStory.ofSomeone().registers("Acme").isGiven(MONDAYS_AT_NINE))
            .limit(5)
            .toList();
    tell(stories.toArray(LearnerStory[]::new));

    List<LearnerId> seen = new ArrayList<>();
    List<ChosenLearner> page = learners().withChosenTime(null, 2);
    while (page.size() == 2) {
      page.forEach(it -> seen.add(it.learner()));
      page = learners().withChosenTime(seen.getLast(), 2);
    }
    page.forEach(it -> seen.add(it.learner()));
    assertThat(seen)
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(stories.stream().map(StoredProgress::idOf).toList());
  }
}
