package co.stopcovid.adapters.authoring.lint;

import static co.stopcovid.adapters.authoring.lint.Lesson.TABLES;
import static co.stopcovid.adapters.authoring.lint.Lesson.say;
import static co.stopcovid.adapters.authoring.lint.Lesson.store;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.dialog.Decision;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.sms.MessageWriter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DialogWalkTest {
  private static final Prompt JOB = say("job", "What is your job?");
  private static final Prompt NAME = store("name", "What is your name?", ProfileKey.NAME);
  private static final Prompt WATER = Lesson.ask("water", "What else than water?", "soap");

  @Test
  void theEnginesOwnRulesLeadThroughEveryDrill() {
    assertThat(walk(Lesson.of(JOB, NAME, WATER), Dialog::decide)).isEmpty();
  }

  @Test
  void aMessageThatIsEmptyForSomeLearnerIsFoundWithItsConversation() {
    assertThat(Lesson.of(NAME, say("hi", "{{name}} hello")).findings()).isEmpty();
    assertThat(findings(Lesson.of(NAME, say("hi", "{{name}}"))))
        .extracting(Finding::reason)
        .containsExactly(
            """
            a message is empty when no more is known of the learner
            in en:
            engine: “What is your name?”
            learner: “”
            engine: “”""");
  }

  @Test
  void aReplyThatGetsNoAnswerIsAWarning() {
    assertThat(Lesson.exactly(JOB).findings())
        .containsExactly("WARNING d.yaml prompt job: this reply gets no answer at all");
  }

  @Test
  void aReminderThatIsEmptyIsFound() {
    assertThat(Lesson.of(JOB).label("drill_reminder", "{{name}}!").findings()).isEmpty();
    assertThat(Lesson.of(JOB).label("drill_reminder", "{{name}}").findings())
        .contains("ERROR d.yaml prompt job: the reminder is empty");
  }

  @Test
  void aReplyThatTheEngineIgnoresIsFound() {
    assertThat(walk(Lesson.of(JOB), instead(new Decision.Nothing(Decision.NoEvents.UNHANDLED))))
        .containsExactlyInAnyOrder(
            "the engine does nothing with this reply",
            "from here the drill can never be completed");
  }

  @Test
  void aDrillThatEndsUnfinishedIsFound() {
    Conversation.Rules forgetful =
        (state, command, facts) ->
            without(
                Dialog.decide(state, command, facts),
                event ->
                    !(event instanceof DialogEvent.DrillStarted)
                        && !(event instanceof DialogEvent.CompletedPrompt));
    assertThat(walk(Lesson.of(JOB), forgetful))
        .contains(
            "the drill ends here without being completed",
            "from here the drill can never be completed");
  }

  @Test
  void triesThatAreNotCountedAreFound() {
    Conversation.Rules forgiving =
        (state, command, facts) ->
            switch (Dialog.decide(state, command, facts)) {
              case Decision.Happened(var events)
                  when events.getFirst() instanceof DialogEvent.FailedPrompt failed ->
                  happened(
                      new DialogEvent.FailedPrompt(
                          facts.now(),
                          failed.drillInstanceId(),
                          failed.prompt(),
                          failed.response(),
                          false));
              case Decision other -> other;
            };
    assertThat(walk(Lesson.of(WATER), forgiving))
        .contains("the question is asked again and again, though 2 tries are allowed");
  }

  @Test
  void aFirstReplyThatIsNotUnderstoodAndCostsATryIsFound() {
    Conversation.Rules strict =
        (state, command, facts) ->
            switch (Dialog.decide(state, command, facts)) {
              case Decision.Happened(var events)
                  when events.getFirst() instanceof DialogEvent.FailedPrompt failed ->
                  happened(
                      new DialogEvent.FailedPrompt(
                          facts.now(),
                          failed.drillInstanceId(),
                          failed.prompt(),
                          failed.response(),
                          false));
              case Decision other -> other;
            };
    assertThat(walk(Lesson.of(WATER), Dialog::decide)).isEmpty();
    assertThat(walk(Lesson.of(WATER), strict))
        .contains("the first reply that is not understood costs a try");
  }

  @Test
  void aLanguageThatIsNotSwitchedToIsFound() {
    Lesson lesson = Lesson.of(store("lang", "1) English 2) Español", ProfileKey.LANGUAGE));
    assertThat(walk(lesson, Dialog::decide)).isEmpty();
    Conversation.Rules deaf =
        (state, command, facts) ->
            command instanceof DialogCommand.ReceiveSms(var phone, var body, var form)
                    && body.equals("2")
                ? Dialog.decide(state, new DialogCommand.ReceiveSms(phone, "no idea"), facts)
                : Dialog.decide(state, command, facts);
    assertThat(walk(lesson, deaf)).containsExactly("the reply “2” does not lead on in es");
  }

  @Test
  void aFailureOfTheEngineIsAFindingAndNotTheEndOfTheWalk() {
    Conversation.Rules failing =
        (state, command, facts) -> {
          if (command instanceof DialogCommand.ReceiveSms(var phone, var body, var form)
              && body.equals("zxqvkw")) {
            throw new IllegalStateException("no rule for this");
          }
          return Dialog.decide(state, command, facts);
        };
    assertThat(walk(Lesson.of(JOB, NAME), failing))
        .containsExactly(
            "the engine fails here: java.lang.IllegalStateException: no rule for this",
            "the engine fails here: java.lang.IllegalStateException: no rule for this");
  }

  @Test
  void aLearnerWithoutALanguageIsWalkedToo() {
    Conversation.Rules choosy =
        (state, command, facts) -> {
          if (state.profile().language() == null) {
            throw new IllegalStateException("which language?");
          }
          return Dialog.decide(state, command, facts);
        };
    assertThat(walk(Lesson.of(JOB), choosy))
        .containsExactly("the engine fails here: java.lang.IllegalStateException: which language?");
  }

  @Test
  void theConversationShownIsTheShortestAndTheLastOfIt() {
    Prompt[] many =
        IntStream.range(0, 20).mapToObj(i -> say("p" + i, "Part " + i)).toArray(Prompt[]::new);
    many[19] = say("p19", "{{name}}");
    Finding finding = findings(Lesson.of(many)).getFirst();
    assertThat(finding.place().what()).isEqualTo("prompt p19");
    assertThat(finding.reason().lines())
        .hasSize(15)
        .contains("in en:", "…", "engine: “Part 18”")
        .doesNotContain("engine: “Part 1”");
  }

  @Test
  void aDrillTooLargeToWalkIsSaidToBeSo() {
    Prompt[] many =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new Prompt(
                        new PromptSlug("p" + i),
                        List.of(new PromptMessage("What else than water?", null)),
                        "soap",
                        null,
                        100))
            .toArray(Prompt[]::new);
    assertThat(walk(Lesson.of(many), Dialog::decide))
        .containsExactly("the drill has more than 10000 ways to stand: not all were walked");
  }

  private static Conversation.Rules instead(Decision decision) {
    return (state, command, facts) ->
        command instanceof DialogCommand.ReceiveSms
            ? decision
            : Dialog.decide(state, command, facts);
  }

  private static Decision without(Decision decision, Predicate<DialogEvent> unwanted) {
    return decision instanceof Decision.Happened(var events)
        ? new Decision.Happened(events.stream().filter(unwanted.negate()).toList())
        : decision;
  }

  private static Decision happened(DialogEvent event) {
    return new Decision.Happened(List.of(event));
  }

  /** The reasons, by other rules than the engine's. */
  private static List<String> walk(Lesson lesson, Conversation.Rules rules) {
    Course course = lesson.course();
    var inspection = new Inspection(course, TABLES, LintOptions.DEFAULT);
    var writer = new MessageWriter(new EngineTexts(course.translations(), TABLES));
    var version = DrillVersion.of(course.drills().getFirst(), course.translations(), TABLES);
    new DialogWalk(inspection, version, writer, rules).run();
    return inspection.findings().stream()
        .map(finding -> finding.reason().lines().findFirst().orElseThrow())
        .toList();
  }

  private static List<Finding> findings(Lesson lesson) {
    return CourseLint.check(lesson.course(), TABLES);
  }
}
