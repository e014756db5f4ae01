package co.stopcovid.testkit.simulation;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the workers were told by the engine. */
final class Observations {
  private final List<Outcome.Committed> committed = new ArrayList<>();
  private final Set<SequenceNumber> rejected = new HashSet<>();
  private final Set<SequenceNumber> unobserved = new HashSet<>();

  void saw(List<SequencedCommand> commands, List<Outcome> outcomes) {
    if (outcomes.size() != commands.size()) {
      throw new AssertionError(
          "%d outcomes of %d commands".formatted(outcomes.size(), commands.size()));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Committed done -> committed.add(done);
        case Outcome.Rejected refused -> rejected.add(commands.get(i).seq());
        case Outcome.Nothing nothing -> {}
        case Outcome.AlreadyProcessed skipped -> {}
        case Outcome.TryLater waits -> {}
      }
    }
  }

  /** The worker crashed before it saw what became of these. */
  void lost(List<SequencedCommand> commands) {
    commands.forEach(command -> unobserved.add(command.seq()));
  }

  List<Outcome.Committed> committed() {
    return committed;
  }

  Set<SequenceNumber> rejected() {
    return rejected;
  }

  boolean mayBeUnobserved(SequenceNumber seq) {
    return unobserved.contains(seq);
  }
}
