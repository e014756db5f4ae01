package co.stopcovid.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Processor time used so far, in microseconds. It tells what work costs on a machine that others
 * use as well.
 */
record ProcessorTime(double java, double postgres) {
  static ProcessorTime now(long serverPid) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double server =
        ProcessHandle.of(serverPid).stream()
            .flatMap(ProcessHandle::descendants)
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(time -> time.toNanos() / 1e3)
            .sum();
    return new ProcessorTime(system.getProcessCpuTime() / 1e3, server);
  }

  ProcessorTime minus(ProcessorTime before) {
    return new ProcessorTime(java - before.java, postgres - before.postgres);
  }

  String since(ProcessorTime before, long commands) {
    ProcessorTime used = minus(before);
    return "processor microseconds a command: java %.1f postgres %.1f"
        .formatted(used.java / commands, used.postgres / commands);
  }
}
