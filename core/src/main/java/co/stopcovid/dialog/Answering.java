package co.stopcovid.dialog;

import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.grading.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reply to the prompt that waits: what is made of it, and how the drill goes on. */
final class Answering {
  private final UserProfile profile;
  private final CurrentDrill current;
  private final PromptState waiting;
  private final Prompt prompt;
  private final Instant now;

  Answering(UserProfile profile, CurrentDrill current, PromptState waiting, Instant now) {
    this.profile = profile;
    this.current = current;
    this.waiting = waiting;
    this.prompt = current.drill().drill().find(waiting.slug()).orElseThrow();
    this.now = now;
  }

  List<DialogEvent> to(String reply) {
    LocalizedPrompt asked = current.drill().in(profile.language()).prompt(prompt.slug());
    return prompt.isGraded() ? graded(asked, reply) : kept(asked, reply);
  }

  private List<DialogEvent> graded(LocalizedPrompt asked, String reply) {
    Verdict verdict = asked.grade(reply);
    if (verdict.correct()) {
      return goOn(completed(reply, reply, verdict.choice()));
    }
    String mistake = verdict.understood() ? asked.mistakeIn(reply).orElse(null) : null;
    return failed(reply, verdict.understood(), verdict.choice(), mistake);
  }

  /** Any reply will do, save where what it is kept as has a form. */
  private List<DialogEvent> kept(LocalizedPrompt asked, String reply) {
    Optional<String> kept = asked.kept(reply);
    return kept.isPresent()
        ? goOn(completed(reply, kept.get(), null))
        : failed(reply, false, null, null);
  }

  private CompletedPrompt completed(String reply, String kept, @Nullable String choice) {
    ProfileKey key = prompt.responseKey();
    String stored = key == null ? reply : UserProfile.kept(key, kept);
    return new CompletedPrompt(
        now,
        current.instanceId(),
        prompt.slug(),
        reply,
        stored.equals(reply) ? null : stored,
        choice);
  }

  private List<DialogEvent> failed(
      String reply, boolean understood, @Nullable String choice, @Nullable String mistake) {
    boolean abandoned = waiting.costsTry(understood) && waiting.failures() >= prompt.maxFailures();
    var failed =
        new FailedPrompt(
            now,
            current.instanceId(),
            prompt.slug(),
            reply,
            abandoned,
            understood,
            choice,
            mistake);
    return abandoned ? goOn(failed) : List.of(failed);
  }

  /** With the next prompt after this one; a drill's last prompt waits for no answer. */
  private List<DialogEvent> goOn(DialogEvent answered) {
    Drill drill = current.drill().drill();
    List<DialogEvent> events = new ArrayList<>(3);
    events.add(answered);
    Optional<Prompt> next = drill.after(prompt.slug());
    next.ifPresent(
        to -> events.add(new AdvancedToNextPrompt(now, current.instanceId(), to.slug())));
    if (next.isEmpty() || drill.isLast(next.get())) {
      events.add(new DrillCompleted(now, current.instanceId()));
    }
    return events;
  }
}
