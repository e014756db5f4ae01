package co.stopcovid.running;

import co.stopcovid.common.Failure;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decisions where each command is committed on its own, so that a command that makes all fail can
 * be found there and then. Where they are one transaction, that has to be tried anew instead.
 */
public final class HalvedDecisions implements Function<List<SequencedCommand>, List<Outcome>> {
  private final Function<List<SequencedCommand>, List<Outcome>> decisions;
  private final Consumer<Notice> notices;
  private final Function<Throwable, Failure.Kind> kinds;

  /**
   * @param decisions gives an outcome for each command; asking again is safe
   * @param kinds what a failure is
   */
  public HalvedDecisions(
      Function<List<SequencedCommand>, List<Outcome>> decisions,
      Consumer<Notice> notices,
      Function<Throwable, Failure.Kind> kinds) {
    this.decisions = decisions;
    this.notices = notices;
    this.kinds = kinds;
  }

  @Override
  public List<Outcome> apply(List<SequencedCommand> commands) {
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    new Halves<SequencedCommand>(
            some -> outcomes.addAll(decisions.apply(some)),
            (command, failure) -> {
              notices.accept(new Notice.CommandFailed(command.seq(), failure));
              outcomes.add(CommandSettling.failed(failure));
            },
            kinds)
        .take(commands);
    return outcomes;
  }
}
