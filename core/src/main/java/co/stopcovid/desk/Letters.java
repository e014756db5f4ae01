package co.stopcovid.desk;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What could not be processed, kept whole until a person decides. */
public final class Letters {
  private final Performer performer;
  private final DeadLetters letters;
  private final CommandStream stream;
  private final Function<String, DialogCommand> reader;

  Letters(Performer performer, DeskPorts ports) {
    this.performer = performer;
    this.letters = ports.deadLetters();
    this.stream = ports.commands();
    this.reader = ports.commandReader();
  }

  /**
   * Dead letters by rising id.
   *
   * @param source only those from there; null for all
   * @param after the last one of the page before; 0 for the first page
   */
  public Result<List<DeadLetters.Stored>> page(
      Person by, @Nullable String source, long after, int limit) {
    return performer.look(
        by,
        Operation.LIST_DEAD_LETTERS,
        () ->
            new Result.Done<>(
                source == null
                    ? letters.after(after, limit)
                    : letters.after(source, after, limit)));
  }

  public Result<DeadLetters.Stored> show(Person by, long id) {
    return performer.look(
        by,
        Operation.SHOW_DEAD_LETTER,
        () ->
            letters
                .find(id)
                .<Result<DeadLetters.Stored>>map(Result.Done::new)
                .orElseGet(() -> unknown(id)));
  }

  /**
   * Gives a command that could not be processed to the dialog again, as if it came in now. The
   * letter goes only once its command is in the stream, under a key of the letter's own: what is
   * cut short can be repeated, and is one command.
   */
  public Result<SequenceNumber> redrive(Person by, long id) {
    return performer.change(
        by,
        Operation.REDRIVE_DEAD_LETTER,
        () -> new Subject.DeadLetter(id),
        () -> letters.find(id).map(this::redrive).orElseGet(() -> unknown(id)));
  }

  private Result<SequenceNumber> redrive(DeadLetters.Stored stored) {
    DeadLetter letter = stored.letter();
    switch (letter.source()) {
      case DeadLetter.COMMANDS -> {}
      case DeadLetter.PROGRESS, DeadLetter.MESSAGES -> {
        return noCommand("this is no command: it is tried again by itself every few minutes");
      }
      default -> {
        return noCommand(
            "this came from %s and is no command: send what is right as a command, then drop it"
                .formatted(letter.source()));
      }
    }
    DialogCommand command;
    try {
      command = reader.apply(letter.payload());
    } catch (IllegalArgumentException e) {
      return noCommand("it is still malformed: " + e.getMessage());
    }
    SequenceNumber seq =
        stream.append(List.of(new NewCommand(command, "dead letter " + stored.id()))).getFirst();
    letters.delete(stored.id());
    return new Result.Done<>(seq);
  }

  private static <T> Result<T> unknown(long id) {
    return Result.refused(
        Refusal.unknown("there is no dead letter %d, or not any more".formatted(id)));
  }

  private static Result<SequenceNumber> noCommand(String reason) {
    return Result.refused(new Refusal(Refusal.Kind.IMPOSSIBLE, "", reason));
  }

  /** Deletes a dead letter, for good. */
  public Result<Boolean> drop(Person by, long id) {
    return performer.change(
        by,
        Operation.DROP_DEAD_LETTER,
        () -> new Subject.DeadLetter(id),
        () -> letters.delete(id) ? new Result.Done<>(true) : unknown(id));
  }
}
