package co.stopcovid.testkit.simulation;

import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.Keywords;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is put into the simulation. The defaults are right; a test that plants a bug replaces one.
 *
 * @param stores opens the stores of a schedule; they may hold the data of other schedules
 * @param engine makes what handles commands
 * @param codes may wrap the registration service
 * @param habits of the workers
 */
public record SimulationSubject(
    Supplier<Stores> stores,
    EngineFactory engine,
    UnaryOperator<RegistrationCodes> codes,
    Habits habits) {
  /** Where a schedule's data are. */
  public record Stores(DialogStore dialogs, EventHistory history, DrillVersions drillVersions) {}

  /** Handles batches of commands. */
  public interface Engine {
    List<Outcome> handle(List<SequencedCommand> commands);
  }

  /** Makes an engine. */
  public interface EngineFactory {
    Engine create(
        DialogStore store,
        DrillVersions drillVersions,
        DrillCatalogue catalogue,
        RegistrationCodes registration,
        Keywords keywords,
        InstantSource clock);
  }

  /** What a worker does with its checkpoint. */
  public enum Habits {
    RIGHT,
    /** A bug: the checkpoint moves before the commands are handled. */
    CHECKPOINT_FIRST,
    /** A bug: what should be tried later is forgotten. */
    FORGET_WHAT_WAITS
  }

  public static SimulationSubject of(Supplier<Stores> stores) {
    EngineFactory engine =
        (store, versions, catalogue, registration, keywords, clock) ->
            new DialogEngine(store, versions, catalogue, registration, keywords, clock)::handle;
    return new SimulationSubject(stores, engine, UnaryOperator.identity(), Habits.RIGHT);
  }

  public SimulationSubject withEngine(EngineFactory other) {
    return new SimulationSubject(stores, other, codes, habits);
  }

  public SimulationSubject withCodes(UnaryOperator<RegistrationCodes> wrapper) {
    return new SimulationSubject(stores, engine, wrapper, habits);
  }

  public SimulationSubject withHabits(Habits others) {
    return new SimulationSubject(stores, engine, codes, others);
  }
}
