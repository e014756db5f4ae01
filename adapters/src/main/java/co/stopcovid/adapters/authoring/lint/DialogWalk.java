package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Finding.Severity;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.adapters.authoring.lint.Conversation.Step;
import co.stopcovid.common.Language;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.sms.MessageWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes every way through a drill, in every language, with replies of every kind, and looks for a
 * place where a learner cannot go on. Breadth first, so that the conversation shown is a shortest
 * one.
 */
final class DialogWalk {
  /** A drill with more places than this is not walked to the end, and the author is told. */
  private static final int MOST_PLACES = 10_000;

  /**
   * A place in the conversation; what else differs makes no difference to where it can lead.
   *
   * @param prompt the one that waits
   */
  private record Spot(
      PromptSlug prompt, int failures, boolean unclear, @Nullable Language language) {}

  private final Inspection inspection;
  private final DrillVersion version;
  private final Drill drill;
  private final Conversation conversation;
  private final WalkReplies replies;
  private final Map<Spot, Transcript> seen = new LinkedHashMap<>();
  private final Map<Spot, List<Spot>> cameFrom = new HashMap<>();
  private final Set<Spot> completing = new HashSet<>();
  private final Deque<Transcript> open = new ArrayDeque<>();

  /** Each kind of finding is reported once a prompt: the languages mostly share it. */
  private final Set<String> reported = new HashSet<>();

  DialogWalk(Inspection inspection, DrillVersion version, MessageWriter writer) {
    this(inspection, version, writer, Dialog::decide);
  }

  DialogWalk(
      Inspection inspection, DrillVersion version, MessageWriter writer, Conversation.Rules rules) {
    this.inspection = inspection;
    this.version = version;
    this.drill = version.drill();
    var keywords = new Keywords(inspection.tables());
    this.conversation = new Conversation(version, keywords, writer, rules);
    this.replies = new WalkReplies(inspection.tables());
  }

  void run() {
    start(null);
    inspection.languages().forEach(this::start);
    while (!open.isEmpty() && seen.size() <= MOST_PLACES) {
      goOn(open.remove());
    }
    if (open.isEmpty()) {
      findDeadEnds();
    } else {
      inspection.warning(
          inspection.place(drill),
          "the drill has more than %d ways to stand: not all were walked".formatted(MOST_PLACES),
          "ask less in one drill, or allow fewer tries");
    }
  }

  private void start(@Nullable Language language) {
    var nothing = Transcript.startingIn(language);
    attempt(nothing, drill.first(), null, () -> conversation.start(language));
  }

  private void goOn(Transcript transcript) {
    DialogState state = transcript.state();
    CurrentDrill current = state.current();
    PromptState waiting = current == null ? null : current.prompt();
    if (current == null || waiting == null) {
      return;
    }
    Prompt prompt = drill.find(waiting.slug()).orElseThrow();
    remind(transcript, current, waiting, prompt);
    Language language = state.profile().language();
    for (String reply : replies.to(prompt, version.in(language))) {
      if (!conversation.isKeyword(reply)) {
        attempt(transcript, prompt, reply, () -> conversation.reply(state, reply));
      }
    }
  }

  private void remind(
      Transcript transcript, CurrentDrill current, PromptState waiting, Prompt prompt) {
    try {
      Step step = conversation.remind(transcript.state(), current, waiting);
      if (step.beginsBlank()) {
        report("the reminder is empty", transcript, prompt, "give label drill_reminder a text");
      }
    } catch (RuntimeException e) {
      failed(e, transcript, prompt);
    }
  }

  /** What the engine throws is what the author has to see, whatever it is. */
  private void attempt(
      Transcript transcript, Prompt prompt, @Nullable String reply, Supplier<Step> what) {
    Step step;
    try {
      step = what.get();
    } catch (RuntimeException e) {
      failed(e, transcript.with(reply, List.of(), transcript.state()), prompt);
      return;
    }
    Transcript next = transcript.with(reply, step.messages(), step.state());
    checkMessages(step, next, prompt);
    if (reply != null && ProfileKey.LANGUAGE.equals(prompt.responseKey())) {
      checkLanguage(reply, transcript.state().profile().language(), next, prompt);
    }
    Spot from = spot(transcript.state());
    Spot to = spot(step.state());
    if (reply != null && from != null) {
      checkFirstUnclear(reply, from, to, next, prompt);
    }
    if (step.isDrillCompleted()) {
      if (from != null) {
        completing.add(from);
      }
    } else if (to == null) {
      report("the drill ends here without being completed", next, prompt, "change the prompt");
    } else if (!step.events().isEmpty()) {
      checkProgress(from, to, next, prompt);
      visit(from, to, next);
    }
  }

  private void visit(@Nullable Spot from, Spot to, Transcript transcript) {
    if (from != null) {
      cameFrom.computeIfAbsent(to, spot -> new ArrayList<>()).add(from);
    }
    if (seen.putIfAbsent(to, transcript) == null) {
      open.add(transcript);
    }
  }

  private static @Nullable Spot spot(DialogState state) {
    CurrentDrill current = state.current();
    return current == null || current.prompt() == null
        ? null
        : new Spot(
            current.prompt().slug(),
            current.prompt().failures(),
            current.prompt().unclear(),
            state.profile().language());
  }

  private void checkMessages(Step step, Transcript transcript, Prompt prompt) {
    if (step.events().isEmpty()) {
      report("the engine does nothing with this reply", transcript, prompt, "change the prompt");
    } else if (step.messages().isEmpty()) {
      report(
          Severity.WARNING,
          "this reply gets no answer at all",
          transcript,
          prompt,
          "add a closing prompt, so that the learner hears that the reply arrived");
    } else if (step.hasBlankMessage() && !hasEmptyLabel()) {
      report(
          "a message is empty when no more is known of the learner",
          transcript,
          blankIn(step, prompt),
          "put words around {{name}} and {{company}}");
    }
  }

  /** What is said about an answer stands before the next prompt's messages. */
  private Prompt blankIn(Step step, Prompt answered) {
    boolean isFeedback = answered.isGraded() && step.beginsBlank();
    return isFeedback ? answered : step.shown().flatMap(drill::find).orElse(answered);
  }

  /** An empty label is a finding already. */
  private boolean hasEmptyLabel() {
    return version.translations().asMap().values().stream()
        .anyMatch(labels -> labels.values().stream().anyMatch(String::isBlank));
  }

  /**
   * A reply that names a language that is taught switches to it; any other leaves the language as
   * it was.
   */
  private void checkLanguage(
      String reply, @Nullable Language before, Transcript transcript, Prompt prompt) {
    Optional<Language> named = version.in(before).prompt(prompt.slug()).languageNamedBy(reply);
    Language expected = named.filter(version.languages()::contains).orElse(before);
    if (!Objects.equals(expected, transcript.state().profile().language())) {
      report(
          "the reply %s does not lead on in %s".formatted(TemplateChecks.quote(reply), expected),
          transcript,
          prompt,
          "list the languages on lines of their own, such as: 1) English");
    }
  }

  /**
   * Every reply leads on, uses up one of the tries that the prompt allows, is the first that is not
   * understood, or asks for another language.
   */
  private void checkProgress(@Nullable Spot from, Spot to, Transcript transcript, Prompt prompt) {
    if (from == null || !from.prompt().equals(to.prompt())) {
      return;
    }
    boolean costs = to.failures() > from.failures() || (to.unclear() && !from.unclear());
    boolean switches = !Objects.equals(from.language(), to.language());
    if ((!costs && !switches) || to.failures() > prompt.maxFailures()) {
      report(
          "the question is asked again and again, though %d tries are allowed"
              .formatted(prompt.maxFailures() + 1),
          transcript,
          prompt,
          "change the prompt");
    }
  }

  /** A prompt's first reply that is not understood is asked again, and costs no try. */
  private void checkFirstUnclear(
      String reply, Spot from, @Nullable Spot to, Transcript transcript, Prompt prompt) {
    if (!prompt.isGraded() || from.unclear()) {
      return;
    }
    boolean understood =
        version.in(from.language()).prompt(prompt.slug()).grade(reply).understood();
    boolean waits = to != null && to.prompt().equals(from.prompt());
    if (!understood && (to == null || !waits || to.failures() > from.failures())) {
      report(
          "the first reply that is not understood costs a try",
          transcript,
          prompt,
          "change the prompt");
    }
  }

  private void findDeadEnds() {
    Deque<Spot> backwards = new ArrayDeque<>(completing);
    Set<Spot> good = new HashSet<>(completing);
    while (!backwards.isEmpty()) {
      for (Spot before : cameFrom.getOrDefault(backwards.remove(), List.of())) {
        if (good.add(before)) {
          backwards.add(before);
        }
      }
    }
    seen.forEach(
        (spot, transcript) -> {
          if (!good.contains(spot)) {
            Prompt prompt = drill.find(spot.prompt()).orElseThrow();
            report(
                "from here the drill can never be completed",
                transcript,
                prompt,
                "change the prompt, so that some reply leads on");
          }
        });
  }

  private void failed(RuntimeException e, Transcript transcript, Prompt prompt) {
    report("the engine fails here: " + e, transcript, prompt, "change what is said or asked here");
  }

  private void report(String reason, Transcript transcript, Prompt prompt, String fix) {
    report(Severity.ERROR, reason, transcript, prompt, fix);
  }

  private void report(
      Severity severity, String reason, Transcript transcript, Prompt prompt, String fix) {
    if (reported.add(prompt.slug() + " " + reason)) {
      Place place = inspection.place(drill, prompt);
      inspection.add(new Finding(severity, place, reason + "\n" + transcript.text(), fix));
    }
  }
}
