package co.stopcovid.progress;

import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.progress.DueLearners.WaitingPrompt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reminds learners of prompts that have waited for an answer, once a prompt, not at night. */
public final class ReminderSender {
  private static final int PAGE = 500;

  private final DueLearners learners;
  private final CommandStream commands;
  private final LearnerHours hours;
  private final ProgressSettings settings;
  private final InstantSource clock;

  public ReminderSender(
      DueLearners learners,
      CommandStream commands,
      LearnerHours hours,
      ProgressSettings settings,
      InstantSource clock) {
    this.learners = learners;
    this.commands = commands;
    this.hours = hours;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @return how many reminders were appended
   */
  public int run() {
    Instant now = clock.instant();
    Instant from = now.minus(settings.remindWithin());
    Instant to = now.minus(settings.remindAfter());
    int reminded = 0;
    WaitingPrompt after = null;
    while (true) {
      List<WaitingPrompt> page = learners.waiting(from, to, after, PAGE);
      List<WaitingPrompt> awake =
          page.stream().filter(waiting -> hours.allows(waiting.whereabouts(), now)).toList();
      if (!awake.isEmpty()) {
        commands.append(awake.stream().map(ReminderSender::reminder).toList());
        learners.recordReminders(awake, now);
        reminded += awake.size();
      }
      if (page.size() < PAGE) {
        break;
      }
      after = page.getLast();
    }
    learners.forgetReminders(from.minus(settings.remindWithin()));
    return reminded;
  }

  private static NewCommand reminder(WaitingPrompt waiting) {
    return new NewCommand(
        new TriggerReminder(waiting.whereabouts().phone(), waiting.instanceId(), waiting.prompt()),
        "reminder/%s/%s".formatted(waiting.instanceId(), waiting.prompt()));
  }
}
