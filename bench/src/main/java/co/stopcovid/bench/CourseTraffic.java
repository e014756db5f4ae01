package co.stopcovid.bench;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What many learners send who take the whole course side by side: a code, then in every drill a
 * wrong and a right answer to each graded prompt. Messages are as long as Twilio's webhooks.
 */
final class CourseTraffic {
  /** One step of the course, for any learner. */
  private interface Step {
    DialogCommand command(PhoneNumber phone, String sid);
  }

  private final int learners;
  private final long run;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param run tells the messages of one run from those of another
   */
  CourseTraffic(DrillCatalogue catalogue, int learners, long run) {
    this.learners = learners;
    this.run = run;
    steps.add(sms("acme"));
    for (DrillVersion drill : catalogue.all()) {
      steps.add((phone, sid) -> new DialogCommand.StartDrill(phone, drill.slug()));
      for (Prompt prompt : drill.drill().prompts()) {
        if (drill.drill().isLast(prompt)) {
          break;
        }
        if (prompt.isGraded()) {
          steps.add(sms(Replies.WRONG));
          steps.add(sms(drill.in(null).prompt(prompt.slug()).correctAnswer()));
        } else {
          steps.add(sms(Replies.toUngraded(prompt, Language.ENGLISH)));
        }
      }
    }
  }

  NewCommand command(long index) {
    var phone = new PhoneNumber("+1202%07d".formatted(index % learners));
    String sid = "SM%016x%016x".formatted(run, index * 0x9E3779B97F4A7C15L);
    Step step = steps.get((int) (index / learners % steps.size()));
    return new NewCommand(step.command(phone, sid), sid);
  }

  private static Step sms(String text) {
    return (phone, sid) ->
        new DialogCommand.ReceiveSms(
            phone,
            text,
            Map.of(
                "MessageSid", sid,
                "AccountSid", "AC0123456789abcdef0123456789abcdef",
                "MessagingServiceSid", "MG0123456789abcdef0123456789abcdef",
                "From", phone.value(),
                "To", "+12025550100",
                "Body", text,
                "NumSegments", "1",
                "NumMedia", "0",
                "FromCountry", "US",
                "ApiVersion", "2010-04-01"));
  }
}
