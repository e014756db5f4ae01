package co.stopcovid.standalone.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process as the holder of a lease, so that another one on the same machine can tell that it is
 * dead. The start is counted from the machine's, in ticks of the kernel, which no clock that is set
 * changes; the machine is one run of one kernel and, on it, the space in which process ids count.
 * Where the kernel tells none of this, nobody is dead for certain.
 */
public record Holder(String machine, long pid, long started) {
  /** Place of the state and of the start in the status line, behind the name of the program. */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  /** This process, as it is written into a lease. */
  public static String current() {
    long pid = ProcessHandle.current().pid();
    return here()
        .flatMap(
            machine ->
                status(pid)
                    .map(
                        status ->
                            "pid %d started %d on %s".formatted(pid, status.started(), machine)))
        .orElse("pid " + pid);
  }

  /** Whether this holder is dead for certain: it ran on this machine, and is not there any more. */
  public static boolean isDead(String holder) {
    return parse(holder)
        .filter(known -> here().filter(known.machine()::equals).isPresent())
        .filter(known -> !known.isAlive())
        .isPresent();
  }

  private static Optional<Holder> parse(String text) {
    String[] words = text.split(" ", 6);
    try {
      return words.length == 6 && words[0].equals("pid") && words[2].equals("started")
          ? Optional.of(new Holder(words[5], Long.parseLong(words[1]), Long.parseLong(words[3])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isAlive() {
    return status(pid).filter(status -> status.started() == started && status.lives()).isPresent();
  }

  private record Status(boolean lives, long started) {}

  private static Optional<Status> status(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      boolean lives = !fields[STATE].equals("Z") && !fields[STATE].equals("X");
      return Optional.of(new Status(lives, Long.parseLong(fields[STARTED])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> here() {
    try {
      String kernel = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return Optional.of(kernel + " " + space);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
