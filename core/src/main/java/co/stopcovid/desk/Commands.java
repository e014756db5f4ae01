package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandOutcomes;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Commands as programs send them, and what became of them. */
public final class Commands {
  private final Performer performer;
  private final CommandStream stream;
  private final CommandOutcomes outcomes;
  private final CommandCheck check;
  private final Learners learners;

  Commands(Performer performer, DeskPorts ports, CommandCheck check, Learners learners) {
    this.performer = performer;
    this.stream = ports.commands();
    this.outcomes = ports.outcomes();
    this.check = check;
    this.learners = learners;
  }

  /**
   * Takes a command. A start that would come to nothing is refused; what becomes of another may
   * depend on what is on its way, and is told by {@link #fate}.
   */
  public Result<SequenceNumber> take(Person by, NewCommand command) {
    return take(by, List.of(command), index -> "payload").map(List::getFirst);
  }

  /**
   * Takes several commands, all or none.
   *
   * @param commands at least one
   * @return the number of each; a refusal names the place of its command
   */
  public Result<List<SequenceNumber>> takeAll(Person by, List<NewCommand> commands) {
    return take(by, commands, "[%d].payload"::formatted);
  }

  private Result<List<SequenceNumber>> take(
      Person by, List<NewCommand> commands, IntFunction<String> place) {
    return performer.change(
        by,
        Operation.ADD_COMMANDS,
        () -> subject(commands),
        () -> {
          Optional<Refusal> refusal = refusal(commands, place);
          return refusal.isPresent()
              ? Result.refused(refusal.get())
              : new Result.Done<>(stream.append(commands));
        });
  }

  private Subject subject(List<NewCommand> commands) {
    Set<PhoneNumber> phones =
        commands.stream().map(added -> added.command().phone()).collect(Collectors.toSet());
    return phones.size() == 1
        ? new Subject.Learner(learners.id(phones.iterator().next()))
        : new Subject.Learners(phones.size());
  }

  private Optional<Refusal> refusal(List<NewCommand> commands, IntFunction<String> place) {
    List<Integer> indexes = new ArrayList<>();
    List<DialogCommand> starts = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      if (commands.get(i).command() instanceof DialogCommand.StartDrill start) {
        indexes.add(i);
        starts.add(start);
      }
    }
    List<Optional<Refusal>> refusals = check.refusals(starts);
    for (int i = 0; i < refusals.size(); i++) {
      String outer = place.apply(indexes.get(i));
      Optional<Refusal> refusal = refusals.get(i).map(found -> found.below(outer));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /** What became of a command. */
  public Result<CommandOutcomes.Fate> fate(Person by, SequenceNumber seq) {
    return performer.look(
        by,
        Operation.SHOW_COMMAND,
        () ->
            outcomes
                .find(seq)
                .<Result<CommandOutcomes.Fate>>map(Result.Done::new)
                .orElseGet(
                    () ->
                        Result.refused(
                            Refusal.unknown(
                                "there is no command with this number, or it is forgotten by now"))));
  }
}
