package co.stopcovid.standalone.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private static final Path PROC = Path.of("/proc");

  /** The first process, which is always there and usually another user's. */
  private static final long FIRST = 1;

  /** This process, as it is written into a lease. */
  public static String current() {
    return current(PROC, ProcessHandle.current().pid());
  }

  static String current(Path proc, long pid) {
    return here(proc)
        .flatMap(
            machine ->
                status(proc, pid)
                    .map(
                        status ->
                            "pid %d started %d on %s".formatted(pid, status.started(), machine)))
        .orElse("pid " + pid);
  }

  /** Whether this holder is dead for certain: it ran on this machine, and is not there any more. */
  public static boolean isDead(String holder) {
    return isDead(PROC, holder);
  }

  static boolean isDead(Path proc, String holder) {
    return parse(holder)
        .filter(known -> here(proc).filter(known.machine()::equals).isPresent())
        .filter(known -> known.isGone(proc))
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

  /**
   * Too many open files, say, are no sign of death; and where the kernel hides the processes of
   * other users (hidepid), one that lives is absent too.
   */
  private boolean isGone(Path proc) {
    try {
      Status status = read(proc, pid);
      return status.started() != started || !status.lives();
    } catch (NoSuchFileException e) {
      return status(proc, FIRST).isPresent();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private record Status(boolean lives, long started) {}

  /** Empty when there is none, and when it cannot be read. */
  private static Optional<Status> status(Path proc, long pid) {
    try {
      return Optional.of(read(proc, pid));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Status read(Path proc, long pid) throws IOException {
    String line = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    boolean lives = !fields[STATE].equals("Z") && !fields[STATE].equals("X");
    return new Status(lives, Long.parseLong(fields[STARTED]));
  }

  private static Optional<String> here(Path proc) {
    try {
      String kernel = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
      String space = Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
      return Optional.of(kernel + " " + space);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
