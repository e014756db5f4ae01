package co.stopcovid.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The same work as {@link DialogBenchmark} by the clock of its thread's processor time, for
 * machines that others work on too.
 */
public final class DialogCpuTime {
  private static final int ROUNDS = 12;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private DialogCpuTime() {}

  public static void main(String[] args) {
    var benchmark = new DialogBenchmark();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    for (int round = 1; round <= ROUNDS; round++) {
      long start = clock.getCurrentThreadCpuTime();
      long commands = 0;
      long used = 0;
      while (used < ROUND_NANOS) {
        benchmark.decideAndEvolve();
        commands += DialogBenchmark.COMMANDS;
        used = clock.getCurrentThreadCpuTime() - start;
      }
      System.out.printf("%d commands a second of processor time%n", commands * ROUND_NANOS / used);
    }
  }
}
