package co.stopcovid.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** What happened in a schedule, for whoever has to understand a failure. */
final class Trace {
  private static final int MOST_LINES = 80;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Map<Incident, Integer> incidents = new EnumMap<>(Incident.class);

  void add(String line) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
    }
    lines.add(line);
  }

  void add(Incident incident) {
    add(incident.name());
    incidents.merge(incident, 1, Integer::sum);
  }

  Map<Incident, Integer> incidents() {
    return incidents;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
