package co.stopcovid.bench;

import java.time.Duration;

/** Commands a second that one thread decides and evolves, in memory. JMH measures it with care. */
final class Decisions {
  private Decisions() {}

  static double perSecond(Duration warmUp, Duration time) {
    var benchmark = new DialogBenchmark();
    run(benchmark, warmUp);
    return run(benchmark, time);
  }

  private static double run(DialogBenchmark benchmark, Duration time) {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long commands = 0;
    long events = 0;
    while (System.nanoTime() < end) {
      events += benchmark.decideAndEvolve();
      commands += DialogBenchmark.COMMANDS;
    }
    if (events < commands) {
      throw new IllegalStateException("commands came to fewer events than there were");
    }
    return commands * 1e9 / (System.nanoTime() - start);
  }
}
