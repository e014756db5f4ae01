package co.stopcovid.testkit.simulation;

import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.simulation.SimulationSubject.Habits;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes commands from the log in order and hands them to the engine. It remembers nothing but the
 * checkpoint, which it shares with another worker that takes itself for the only one.
 */
final class SimulatedWorker {
  private static final int LARGEST_BATCH = 12;

  private final String name;
  private final CommandLog log;
  private final SimulationSubject.Engine engine;
  private final Habits habits;
  private final Supplier<Checkpoint> read;
  private final Consumer<Checkpoint> write;
  private final Observations observations;
  private final Chance chance;
  private final Trace trace;

  SimulatedWorker(
      String name,
      CommandLog log,
      SimulationSubject.Engine engine,
      Habits habits,
      Supplier<Checkpoint> read,
      Consumer<Checkpoint> write,
      Observations observations,
      Chance chance,
      Trace trace) {
    this.name = name;
    this.log = log;
    this.engine = engine;
    this.habits = habits;
    this.read = read;
    this.write = write;
    this.observations = observations;
    this.chance = chance;
    this.trace = trace;
  }

  /**
   * Handles one batch.
   *
   * @param luck how likely the worker repeats itself or crashes, in percent
   */
  void step(int luck) {
    Checkpoint checkpoint = read.get();
    int end = Math.min(log.size(), checkpoint.position() + 1 + chance.below(LARGEST_BATCH));
    List<Integer> batch = batch(checkpoint, end, luck);
    if (batch.isEmpty()) {
      return;
    }
    trace.add(name + " handles " + batch);
    if (habits == Habits.CHECKPOINT_FIRST) {
      write.accept(new Checkpoint(end, new TreeSet<>()));
    }
    List<SequencedCommand> commands = batch.stream().map(log::get).toList();
    List<Outcome> outcomes;
    try {
      outcomes = engine.handle(commands);
    } catch (SimulatedFault fault) {
      observations.lost(commands);
      return;
    }
    if (chance.percent(luck)) {
      trace.add(Incident.CRASH_BEFORE_CHECKPOINT);
      observations.lost(commands);
      return;
    }
    observations.saw(commands, outcomes);
    SortedSet<Integer> waiting = new TreeSet<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.TryLater) {
        trace.add(Incident.COMMAND_WAITED);
        waiting.add(batch.get(i));
      }
    }
    if (habits == Habits.FORGET_WHAT_WAITS) {
      waiting.clear();
    }
    if (habits != Habits.CHECKPOINT_FIRST) {
      write.accept(new Checkpoint(end, waiting));
    }
  }

  /** What waits, then what is new; at times an older range before it, or a part of it again. */
  private List<Integer> batch(Checkpoint checkpoint, int end, int luck) {
    int start = checkpoint.position();
    if (start > 0 && chance.percent(luck)) {
      trace.add(Incident.OLDER_RANGE_AGAIN);
      start = Math.max(0, start - 1 - chance.below(2 * LARGEST_BATCH));
    }
    SortedSet<Integer> indices = new TreeSet<>(checkpoint.waiting());
    for (int i = start; i < end; i++) {
      indices.add(i);
    }
    List<Integer> batch = new ArrayList<>(indices);
    if (!batch.isEmpty() && chance.percent(luck)) {
      trace.add(Incident.DUPLICATE_IN_BATCH);
      int to = 1 + chance.below(batch.size());
      int from = chance.below(to);
      batch.addAll(to, List.copyOf(batch.subList(from, to)));
    }
    return batch;
  }
}
