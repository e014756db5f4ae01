package co.stopcovid.testkit.simulation;

/** A crash of the worker or an outage of a store: whatever was under way in memory is gone. */
final class SimulatedFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimulatedFault(Incident incident) {
    super(incident.name(), null, false, false);
  }
}
