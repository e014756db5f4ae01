package co.stopcovid.progress;

import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.progress.DueLearners.WaitingPrompt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Reminds learners of prompts that have waited for an answer, once a prompt and step, not at night,
 * and not who is silent.
 */
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
    int reminded = 0;
    for (ReminderLadder.Due due : settings.reminders().at(now)) {
      reminded += run(due, now);
    }
    learners.forgetReminders(now.minus(settings.reminders().memory()));
    return reminded;
  }

  private int run(ReminderLadder.Due due, Instant now) {
    int reminded = 0;
    WaitingPrompt after = null;
    while (true) {
      List<WaitingPrompt> page = learners.waiting(due.step(), due.from(), due.to(), after, PAGE);
      List<WaitingPrompt> awake =
          page.stream().filter(waiting -> hours.allows(waiting.whereabouts(), now)).toList();
      if (!awake.isEmpty()) {
        commands.append(awake.stream().map(waiting -> reminder(waiting, due.step())).toList());
        learners.recordReminders(due.step(), awake, now);
        reminded += awake.size();
      }
      if (page.size() < PAGE) {
        return reminded;
      }
      after = page.getLast();
    }
  }

  private static NewCommand reminder(WaitingPrompt waiting, int step) {
    return new NewCommand(
        new TriggerReminder(
            waiting.whereabouts().phone(), waiting.instanceId(), waiting.prompt(), step),
        "reminder/%s/%s/%d".formatted(waiting.instanceId(), waiting.prompt(), step));
  }
}
