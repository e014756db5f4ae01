package co.stopcovid.testkit.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Runs one schedule a seed: learners' commands come in, two workers handle them, and whatever may
 * go wrong goes wrong; then all is well again, the workers finish, and the checker looks at what
 * they left. Everything runs in one thread, so that a seed always gives the same schedule.
 */
public final class Simulation {
  private static final int MOST_COMMANDS = 60;
  private static final int MOST_STEPS_TO_FINISH = 200;
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final SimulationSubject subject;
  private final Chance chance;
  private final Trace trace = new Trace();
  private final CommandLog log;
  private final SimulatedContent content = new SimulatedContent();
  private final SimulatedRegistration registration = new SimulatedRegistration();
  private final Observations observations = new Observations();
  private final SimulationSubject.Stores stores;
  private final UnreliableStores unreliable;
  private final SimulatedWorker first;
  private final SimulatedWorker second;
  private final int luck;
  private Checkpoint checkpoint = Checkpoint.START;
  private Instant now = START;
  private boolean interrupted;

  private Simulation(SimulationSubject subject, long seed) {
    this.subject = subject;
    chance = new Chance(seed);
    log = new CommandLog(seed, chance);
    luck = chance.oneIn(5) ? 0 : 1 + chance.below(25);
    stores = subject.stores().get();
    unreliable = new UnreliableStores(stores, luck / 2, chance, trace);
    first = worker("worker 1");
    second = worker("worker 2");
    unreliable.setOtherWorker(this::interrupt);
  }

  /**
   * Runs one schedule.
   *
   * @return what happened in it, and how often
   * @throws AssertionError when something does not hold that must; the message has the seed
   */
  public static Map<Incident, Integer> run(SimulationSubject subject, long seed) {
    var simulation = new Simulation(subject, seed);
    try {
      simulation.live();
      simulation.finish();
      simulation.check();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s%nseed %d: run it again with -Dsimulation.seed=%d%nthe last that happened:%n%s"
              .formatted(e, seed, seed, simulation.trace),
          e);
    }
    return simulation.trace.incidents();
  }

  private SimulatedWorker worker(String name) {
    SimulationSubject.Engine engine =
        subject
            .engine()
            .create(
                unreliable,
                unreliable,
                content,
                subject.codes().apply(registration),
                SimulatedContent.KEYWORDS,
                clock());
    return new SimulatedWorker(
        name,
        log,
        engine,
        subject.habits(),
        () -> checkpoint,
        written -> checkpoint = written,
        observations,
        chance,
        trace);
  }

  /** A clock that is set back now and then. */
  private InstantSource clock() {
    return () -> now = now.plusMillis(chance.oneIn(50) ? -5000 : chance.below(700));
  }

  private void live() {
    int commands = 5 + chance.below(MOST_COMMANDS);
    while (log.size() < commands) {
      switch (chance.below(12)) {
        case 0 -> {
          registration.silent(chance.percent(luck));
          if (registration.isSilent()) {
            trace.add(Incident.REGISTRATION_SILENT);
          }
        }
        case 1 -> {
          content.republish(chance);
          trace.add(Incident.REPUBLISHED);
        }
        case 2, 3 -> first.step(luck);
        case 4 -> second.step(luck);
        default -> log.append();
      }
    }
  }

  /** The other worker, which does not know of this one, gets in between. */
  private void interrupt() {
    if (interrupted || !chance.percent(luck)) {
      return;
    }
    trace.add(Incident.OTHER_WORKER_IN_BETWEEN);
    interrupted = true;
    try {
      (chance.oneIn(2) ? first : second).step(luck);
    } finally {
      interrupted = false;
    }
  }

  private void finish() {
    registration.silent(false);
    unreliable.becomeReliable();
    trace.add("all is well from here on");
    for (int i = 0; i < MOST_STEPS_TO_FINISH; i++) {
      if (checkpoint.position() == log.size() && checkpoint.waiting().isEmpty()) {
        return;
      }
      first.step(0);
    }
    throw new AssertionError("the workers come to no end: " + checkpoint);
  }

  private void check() {
    new Checker(log, stores, registration, observations, trace).check();
  }
}
