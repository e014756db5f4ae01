package co.stopcovid.adapters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.contract.BrokenDialogStore;
import co.stopcovid.adapters.contract.BrokenDialogStore.Fault;
import co.stopcovid.adapters.contract.BrokenDrillVersions;
import co.stopcovid.adapters.contract.BrokenDrillVersions.VersionsFault;
import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.simulation.Simulation;
import co.stopcovid.testkit.simulation.SimulationSubject;
import co.stopcovid.testkit.simulation.SimulationSubject.Engine;
import co.stopcovid.testkit.simulation.SimulationSubject.Habits;
import co.stopcovid.testkit.simulation.SimulationSubject.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation finds each of these bugs; else it would prove nothing where it finds none. */
class PlantedBugsTest {
  private static final int ENOUGH_SCHEDULES = 500;
  private static final SimulationSubject SOUND = SimulationSubject.of(SimulationTest::stores);

  @TestFactory
  Stream<DynamicTest> eachPlantedBugIsFound() {
    return Stream.of(
        bug("no version condition", broken(Fault.NO_VERSION_CONDITION)),
        bug("no condition on a learner's first commit", broken(Fault.NO_CONDITION_ON_FIRST_COMMIT)),
        bug("a conflict is not reported", broken(Fault.CONFLICT_NOT_REPORTED)),
        bug("a conflict writes the state", broken(Fault.CONFLICT_WRITES_STATE)),
        bug("a conflict writes the batches", broken(Fault.CONFLICT_WRITES_BATCHES)),
        bug("a conflict stops the call", broken(Fault.CONFLICT_STOPS_THE_CALL)),
        bug("the state is not updated", broken(Fault.BATCH_WITHOUT_STATE)),
        bug("the batch is not written", broken(Fault.STATE_WITHOUT_BATCH)),
        bug("failures are forgotten", broken(Fault.FAILURES_FORGOTTEN)),
        bug("ids are random", stored(PlantedBugsTest::withRandomInstance)),
        bug("repeated commands are not skipped", loaded(PlantedBugsTest::withoutSeq)),
        bug("a learner gets the newest content", loaded(PlantedBugsTest::withNewestContent)),
        bug("an older drill version is overwritten", forgettingDrills()),
        bug("the checkpoint moves first", SOUND.withHabits(Habits.CHECKPOINT_FIRST)),
        bug("what waits is forgotten", SOUND.withHabits(Habits.FORGET_WHAT_WAITS)),
        bug("the engine reorders", engine(PlantedBugsTest::reordering)),
        bug("the engine drops a command", engine(PlantedBugsTest::dropping)),
        bug("silence is an invalid code", SOUND.withCodes(PlantedBugsTest::silentMeansInvalid)));
  }

  private static DynamicTest bug(String name, SimulationSubject subject) {
    return DynamicTest.dynamicTest(name, () -> assertFound(name, subject));
  }

  private static void assertFound(String name, SimulationSubject subject) {
    for (long seed = 0; seed < ENOUGH_SCHEDULES; seed++) {
      try {
        Simulation.run(subject, seed);
      } catch (AssertionError found) {
        assertThat(found).hasMessageContaining("-Dsimulation.seed=" + seed);
        return;
      }
    }
    throw new AssertionError(
        "%d schedules did not find the bug: %s".formatted(ENOUGH_SCHEDULES, name));
  }

  private static SimulationSubject broken(Fault fault) {
    return SimulationSubject.of(
        () -> {
          var store = new BrokenDialogStore(fault);
          return new Stores(store, store, new InMemoryDrillVersions());
        });
  }

  private static SimulationSubject loaded(UnaryOperator<DialogState> change) {
    return wrapped(change, UnaryOperator.identity());
  }

  private static SimulationSubject stored(UnaryOperator<DialogCommit> change) {
    return wrapped(UnaryOperator.identity(), change);
  }

  private static SimulationSubject wrapped(
      UnaryOperator<DialogState> onLoad, UnaryOperator<DialogCommit> onCommit) {
    return SimulationSubject.of(
        () -> {
          var store = new InMemoryDialogStore();
          return new Stores(
              new ChangingStore(store, onLoad, onCommit), store, new InMemoryDrillVersions());
        });
  }

  /** Loads and stores something else than it should. */
  private record ChangingStore(
      DialogStore store, UnaryOperator<DialogState> onLoad, UnaryOperator<DialogCommit> onCommit)
      implements DialogStore {
    @Override
    public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
      Map<PhoneNumber, DialogState> states = new HashMap<>();
      store.load(phones).forEach((phone, state) -> states.put(phone, onLoad.apply(state)));
      return states;
    }

    @Override
    public Set<PhoneNumber> commit(List<DialogCommit> commits) {
      return store.commit(commits.stream().map(onCommit).toList());
    }
  }

  private static DialogState withoutSeq(DialogState state) {
    return new DialogState(
        state.phone(), SequenceNumber.ZERO, state.version(), state.profile(), state.current());
  }

  private static DialogState withNewestContent(DialogState state) {
    CurrentDrill current = state.current();
    return current == null
        ? state
        : new DialogState(
            state.phone(),
            state.seq(),
            state.version(),
            state.profile(),
            new CurrentDrill(
                Samples.drill(current.drill().slug().value(), "Something newer?"),
                current.instanceId(),
                current.prompt()));
  }

  /** As if the engine had taken a random id for a drill instance. */
  private static DialogCommit withRandomInstance(DialogCommit commit) {
    DialogState state = commit.state();
    CurrentDrill current = state.current();
    List<EventBatch> batches = new ArrayList<>();
    for (EventBatch batch : commit.batches()) {
      List<DialogEvent> events = new ArrayList<>();
      for (DialogEvent event : batch.events()) {
        if (event instanceof DialogEvent.DrillStarted e) {
          UUID random = UUID.randomUUID();
          events.add(new DialogEvent.DrillStarted(e.createdTime(), random, e.drill(), e.prompt()));
          if (current != null && current.instanceId().equals(e.drillInstanceId())) {
            current = new CurrentDrill(current.drill(), random, current.prompt());
          }
        } else {
          events.add(event);
        }
      }
      batches.add(
          new EventBatch(
              batch.phone(),
              batch.seq(),
              batch.version(),
              batch.createdTime(),
              batch.profile(),
              events));
    }
    return new DialogCommit(
        commit.expectedVersion(),
        new DialogState(
            state.phone(),
            state.seq(),
            state.version(),
            state.profile(),
            current,
            state.wrongCodes(),
            state.requestedVersion()),
        batches);
  }

  private static SimulationSubject engine(UnaryOperator<Engine> wrapper) {
    return SOUND.withEngine(
        (store, versions, catalogue, registration, keywords, clock) ->
            wrapper.apply(
                SOUND.engine().create(store, versions, catalogue, registration, keywords, clock)));
  }

  /** Handles the batch from its end. */
  private static Engine reordering(Engine engine) {
    return commands -> engine.handle(commands.reversed()).reversed();
  }

  /** Takes every seventh command for done. */
  private static Engine dropping(Engine engine) {
    return commands -> {
      List<SequencedCommand> kept = new ArrayList<>();
      for (int i = 0; i < commands.size(); i++) {
        if (i % 7 != 6) {
          kept.add(commands.get(i));
        }
      }
      List<Outcome> outcomes = new ArrayList<>(engine.handle(kept));
      for (int i = 6; i < commands.size(); i += 7) {
        outcomes.add(i, new Outcome.AlreadyProcessed());
      }
      return outcomes;
    };
  }

  private static SimulationSubject forgettingDrills() {
    return SimulationSubject.of(
        () -> {
          var store = new InMemoryDialogStore();
          return new Stores(
              store, store, new BrokenDrillVersions(VersionsFault.NEWER_VERSION_OVERWRITES));
        });
  }

  private static RegistrationCodes silentMeansInvalid(RegistrationCodes codes) {
    return asked -> {
      Map<RegistrationCode, CodeVerdict> verdicts = new HashMap<>(codes.check(asked));
      verdicts.replaceAll(
          (code, verdict) ->
              verdict instanceof CodeVerdict.Unavailable ? new CodeVerdict.Invalid() : verdict);
      return verdicts;
    };
  }
}
