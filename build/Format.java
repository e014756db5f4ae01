import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Holds every Java file of the tree against google-java-format: {@code check} or {@code fix}. */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    var formatter = new Formatter();
    List<Path> different = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Format::isSource).sorted().toList()) {
        String source = Files.readString(file);
        String formatted =
            formatter.formatSource(
                ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(source),
                    JavaFormatterOptions.Style.GOOGLE));
        if (!formatted.equals(source)) {
          different.add(root.relativize(file));
          if (fix) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    different.forEach(file -> System.err.println((fix ? "formatted: " : "not formatted: ") + file));
    if (!fix && !different.isEmpty()) {
      System.err.println("Run: mvn -N validate -Dformat.mode=fix");
      System.exit(1);
    }
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && !path.contains("/target/") && !path.contains("/node_modules/");
  }
}
