package co.stopcovid.standalone.simulate;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.AdvancedToNextPrompt;
import co.stopcovid.dialog.DialogEvent.CompletedPrompt;
import co.stopcovid.dialog.DialogEvent.DrillCompleted;
import co.stopcovid.dialog.DialogEvent.DrillStarted;
import co.stopcovid.dialog.DialogEvent.FailedPrompt;
import co.stopcovid.dialog.DialogEvent.NextDrillRequested;
import co.stopcovid.dialog.DialogEvent.OptedOut;
import co.stopcovid.dialog.DialogEvent.ReminderTriggered;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.dialog.DialogEvent.UserValidated;
import co.stopcovid.dialog.DialogEvent.UserValidationFailed;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.grading.Verdict;
import co.stopcovid.standalone.simulate.Simulator.Exchange;
import java.io.IOException;
import java.util.Optional;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/**
 * One learner's conversation at a screen. It also does what drill progress does in the whole
 * system: it starts the first drill after registration, and the next one on demand.
 */
public final class Session {
  /** A number that is kept for fiction. */
  static final PhoneNumber LEARNER = new PhoneNumber("+12025550123");

  private final Simulator simulator;
  private final Screen screen;
  private final CourseProgress progress;
  private final SlashCommands slashCommands;
  private SequenceNumber seq = SequenceNumber.ZERO;
  private @Nullable String lastVerdict;

  /**
   * @param languages that the engine supports
   */
  public Session(Simulator simulator, Screen screen, SequencedCollection<Language> languages) {
    this.simulator = simulator;
    this.screen = screen;
    this.progress =
        new CourseProgress(simulator.catalogue().all().stream().map(DrillVersion::slug).toList());
    this.slashCommands = new SlashCommands(this, simulator, screen, languages);
  }

  /**
   * Converses until the learner has no more to say.
   *
   * @param code one that registers, to greet with
   * @param company who gave it; may be empty
   */
  public void run(String code, String company) throws IOException {
    screen.show(Greeting.in(state().profile().language(), code, company));
    for (String line = screen.read(); line != null; line = screen.read()) {
      if (line.isBlank()) {
        sendEmpty();
      } else if (line.startsWith("//")) {
        send(line.substring(1));
      } else if (!line.startsWith("/")) {
        send(line);
      } else if (!slashCommands.run(line.strip())) {
        return;
      }
    }
  }

  /** An accidental Enter must not cost a try: it is a message only where any reply will do. */
  private void sendEmpty() {
    CurrentDrill current = state().current();
    if (current != null && current.prompt() != null) {
      Language language = state().profile().language();
      if (!current.drill().in(language).prompt(current.prompt().slug()).isGraded()) {
        send("");
      }
    }
  }

  private void send(String body) {
    if (body.length() > ReceiveSms.MAX_BODY) {
      screen.note("A text message has at most %d characters.".formatted(ReceiveSms.MAX_BODY));
    } else {
      handle(new ReceiveSms(LEARNER, body));
    }
  }

  void start(DrillSlug drill) {
    start(drill, StartCause.OPERATOR);
  }

  private void start(DrillSlug drill, StartCause cause) {
    handle(new StartDrill(LEARNER, drill, cause));
  }

  void remind() {
    CurrentDrill current = state().current();
    if (current == null || current.prompt() == null) {
      screen.note("No prompt waits for an answer.");
    } else {
      PromptState waiting = current.prompt();
      handle(
          new TriggerReminder(
              LEARNER, current.instanceId(), waiting.slug(), waiting.reminders() + 1));
    }
  }

  DialogState state() {
    return simulator.state(LEARNER);
  }

  CourseProgress progress() {
    return progress;
  }

  /** What was made of the last graded answer; empty before the first. */
  Optional<String> lastVerdict() {
    return Optional.ofNullable(lastVerdict);
  }

  private void handle(DialogCommand command) {
    seq = seq.next();
    Exchange exchange = simulator.handle(new SequencedCommand(seq, command));
    exchange.messages().forEach(screen::message);
    switch (exchange.outcome()) {
      case Outcome.Committed(DialogState before, EventBatch batch) ->
          batch.events().forEach(event -> follow(before, event));
      case Outcome.Nothing(var reason) -> screen.note(Remarks.on(reason));
      case Outcome.Rejected(String reason) -> screen.note("Rejected: " + reason);
      case Outcome.TryLater(String reason, var awaited) ->
          screen.note("To be tried later: " + reason);
      case Outcome.AlreadyProcessed processed ->
          throw new IllegalStateException("the numbers of one session only go up");
    }
  }

  private void follow(DialogState before, DialogEvent event) {
    progress.apply(event);
    switch (event) {
      case UserValidated e -> {
        String company = e.accountInfo().company();
        screen.note(
            "Registered%s%s."
                .formatted(
                    company.isBlank() ? "" : " with " + company,
                    e.isDemo() ? " as a demo learner, who may register again" : ""));
        progress.next().ifPresent(next -> start(next, StartCause.REGISTERED));
      }
      case NextDrillRequested e ->
          progress
              .next()
              .ifPresentOrElse(next -> start(next, StartCause.REQUESTED), this::sayThatNoneIsLeft);
      case DrillCompleted e -> {
        int all = progress.statuses().size();
        screen.note("Drill completed: %d of %d.".formatted(progress.completed(), all));
        if (progress.next().isEmpty()) {
          screen.note("That was the last one. /start with a slug of /drills repeats a drill.");
        }
      }
      case OptedOut e -> screen.note("Opted out. Nothing is sent until you text START.");
      case CompletedPrompt e -> judge(before, e.prompt(), e.response());
      case FailedPrompt e -> judge(before, e.prompt(), e.response());
      case DrillStarted e -> {}
      case ReminderTriggered e -> {}
      case UserValidationFailed e -> {}
      case AdvancedToNextPrompt e -> {}
      case AdHocMessageSent e -> {}
      case UserUpdated e -> {}
    }
  }

  private void sayThatNoneIsLeft() {
    var label = new AdHocText.Label("no_more_drills");
    handle(new SendAdHocMessage(LEARNER, label, true, null));
    screen.note(
        progress.statuses().isEmpty()
            ? "There are no drills."
            : "All drills are completed. /start with a slug of /drills repeats one.");
  }

  private void judge(DialogState before, PromptSlug slug, String response) {
    CurrentDrill current = before.current();
    if (current == null) {
      return;
    }
    LocalizedPrompt prompt = current.drill().in(before.profile().language()).prompt(slug);
    if (prompt.isGraded()) {
      var verdict = prompt.grade(response);
      String choice = verdict.choice();
      lastVerdict =
          "%s: %s%nprompt: %s%noption named: %s%nright answer: %s"
              .formatted(
                  inWords(verdict.value()),
                  verdict.reason(),
                  slug,
                  choice == null ? "none" : choice,
                  prompt.correctAnswer());
    }
  }

  private static String inWords(Verdict.Value value) {
    return switch (value) {
      case RIGHT -> "right";
      case WRONG -> "wrong";
      case NOT_UNDERSTOOD -> "not understood";
    };
  }
}
