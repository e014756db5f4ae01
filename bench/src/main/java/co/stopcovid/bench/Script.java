package co.stopcovid.bench;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Prompt;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.standalone.serve.Teaching;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a learner writes who takes the whole course: the code, then in every drill a wrong and a
 * right answer to each graded prompt, then {@code more}. For each message it is known how many
 * replies it calls for, so that a learner answers when all of them are there, as people do.
 */
final class Script {
  static final String CODE = "acme";

  /** Who can register, and as what. */
  static final Map<RegistrationCode, CodeVerdict.Valid> CODES =
      Map.of(
          new RegistrationCode(CODE),
          new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))));

  /**
   * One message of the learner.
   *
   * @param replies how many messages come back
   * @param commands that it comes to: 2 when progress starts a drill for it
   */
  record Step(String text, int replies, int commands) {}

  private final Teaching teaching;
  private final MessageWriter writer;
  private final DialogEngine engine;
  private final PhoneNumber phone = Learners.phone(0);
  private final List<Step> steps = new ArrayList<>();
  private long seq;
  private int lastReplies;

  private Script(Teaching teaching) {
    this.teaching = teaching;
    this.writer = new MessageWriter(teaching.drills().texts());
    this.engine =
        new DialogEngine(
            new InMemoryDialogStore(),
            new InMemoryDrillVersions(),
            teaching.drills(),
            new InMemoryRegistrationCodes(CODES),
            teaching.keywords(),
            InstantSource.system());
  }

  static List<Step> of(Teaching teaching) {
    var script = new Script(teaching);
    script.takeCourse();
    return List.copyOf(script.steps);
  }

  private void takeCourse() {
    String asks = CODE;
    for (DrillVersion drill : teaching.drills().all()) {
      // What the learner asks for progress starts.
      int replies =
          replies(new ReceiveSms(phone, asks)) + replies(new StartDrill(phone, drill.slug()));
      steps.add(new Step(asks, replies, 2));
      for (Prompt prompt : drill.drill().prompts()) {
        if (drill.drill().isLast(prompt)) {
          break;
        }
        if (prompt.isGraded()) {
          answer(Replies.WRONG, DialogEvent.FailedPrompt.class);
          complete(drill.in(null).prompt(prompt.slug()).correctAnswer());
        } else {
          complete(Replies.toUngraded(prompt, Language.ENGLISH));
        }
      }
      asks = "more";
    }
  }

  private void complete(String text) {
    answer(text, DialogEvent.CompletedPrompt.class);
  }

  /**
   * What every learner writes has to come to this, or the course has changed: then all of them
   * would wait for replies that do not come.
   */
  private void answer(String text, Class<? extends DialogEvent> expected) {
    EventBatch batch = send(new ReceiveSms(phone, text)).batch();
    if (!expected.isInstance(batch.events().getFirst())) {
      throw new IllegalStateException(
          "“%s” came to %s, not %s"
              .formatted(text, batch.events().getFirst(), expected.getSimpleName()));
    }
    steps.add(new Step(text, lastReplies, 1));
  }

  private int replies(DialogCommand command) {
    send(command);
    return lastReplies;
  }

  private Outcome.Committed send(DialogCommand command) {
    seq++;
    List<Outcome> outcomes =
        engine.handle(List.of(new SequencedCommand(SequenceNumber.of(seq), command)));
    if (outcomes.getFirst() instanceof Outcome.Committed committed) {
      lastReplies = writer.write(committed.batch(), committed.before()).size();
      return committed;
    }
    throw unexpected(command, outcomes.getFirst());
  }

  private static IllegalStateException unexpected(DialogCommand command, Outcome outcome) {
    return new IllegalStateException("%s came to %s".formatted(command, outcome));
  }
}
