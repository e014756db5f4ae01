package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedCommandException;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import java.util.List;
import java.util.Optional;

/**
 * Gives commands that could not be processed to the dialog again, as if they came in now. The
 * letter goes only once its command is in the stream, under a key of the letter's own: what is cut
 * short can be repeated, and is one command.
 */
public final class DeadLetterRedrive {
  private final DeadLetters letters;
  private final CommandStream commands;

  public DeadLetterRedrive(DeadLetters letters, CommandStream commands) {
    this.letters = letters;
    this.commands = commands;
  }

  /** What came of it. */
  public sealed interface Result {
    /** It is a command again; should it fail again, it is a new dead letter. */
    record Redriven(SequenceNumber seq) implements Result {}

    /** It is not there, or not any more. */
    record Unknown() implements Result {}

    /** It is no command that could be given again. */
    record NoCommand(String reason) implements Result {}
  }

  public Result redrive(long id) {
    Optional<DeadLetters.Stored> stored = letters.find(id);
    if (stored.isEmpty()) {
      return new Result.Unknown();
    }
    DeadLetter letter = stored.get().letter();
    switch (letter.source()) {
      case DeadLetter.COMMANDS -> {}
      case DeadLetter.PROGRESS, DeadLetter.MESSAGES -> {
        return new Result.NoCommand(
            "this is no command: it is tried again by itself every few minutes");
      }
      default -> {
        return new Result.NoCommand(
            "this came from %s and is no command: send what is right as a command, then drop it"
                .formatted(letter.source()));
      }
    }
    DialogCommand command;
    try {
      command = CommandCodec.decode(letter.payload());
    } catch (MalformedCommandException e) {
      return new Result.NoCommand("it is still malformed: " + e.getMessage());
    }
    SequenceNumber seq =
        commands.append(List.of(new NewCommand(command, "dead letter " + id))).getFirst();
    letters.delete(id);
    return new Result.Redriven(seq);
  }
}
