package co.stopcovid.standalone.cli;

import co.stopcovid.drills.EditDistance;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What all command lines have in common: how they say that they were used badly. */
public final class CommandLines {
  private static final int BAD_USAGE = 2;
  private static final int MOST_SLIPS = 3;

  private CommandLines() {}

  /** Prepares a command and those below it. */
  public static CommandLine prepared(CommandLine line) {
    return line.registerConverter(Integer.class, text -> Math.toIntExact(whole(text)))
        .registerConverter(int.class, text -> Math.toIntExact(whole(text)))
        .registerConverter(Long.class, CommandLines::whole)
        .registerConverter(long.class, CommandLines::whole)
        .registerConverter(URI.class, CommandLines::address)
        .registerConverter(Path.class, CommandLines::path)
        .setParameterExceptionHandler((e, arguments) -> complain(e));
  }

  private static long whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is no whole number, such as 10".formatted(text));
    }
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is no address, such as http://127.0.0.1:8080".formatted(text));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("it is no path, such as ./data");
    }
  }

  /** One sentence, and where there is more; a command that only leads to others lists them. */
  private static int complain(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    boolean isGroup = !command.getSubcommands().isEmpty();
    Optional<String> stranger = isGroup ? stranger(e) : Optional.empty();
    if (stranger.isPresent()) {
      err.println("dialog: " + unknown(command, stranger.get()));
    } else if (isGroup && !(e instanceof UnmatchedArgumentException)) {
      err.println("dialog: " + e.getMessage());
      command.usage(err);
    } else {
      err.println("dialog: " + e.getMessage());
      err.println("%s --help says more.".formatted(command.getCommandSpec().qualifiedName()));
    }
    return BAD_USAGE;
  }

  /** What stands where a command should. */
  private static Optional<String> stranger(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? unmatched.getUnmatched().stream().findFirst()
        : Optional.empty();
  }

  private static String unknown(CommandLine group, String name) {
    Set<String> commands = new TreeSet<>(group.getSubcommands().keySet());
    Optional<String> nearest =
        commands.stream()
            .filter(command -> EditDistance.within(name, command, MOST_SLIPS))
            .min(
                Comparator.comparingInt(
                    command -> EditDistance.between(name, command, MOST_SLIPS)));
    String path = group.getCommandSpec().qualifiedName();
    return "there is no command %s %s; %s"
        .formatted(
            path,
            name,
            nearest
                .map(command -> "did you mean %s %s?".formatted(path, command))
                .orElse("there are " + String.join(", ", commands)));
  }
}
