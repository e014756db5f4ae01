import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Installs what a folder's package-lock.json lists into another folder, unless it is there already:
 * {@code java build/NodeModules.java SOURCE TARGET}. The files of the source folder are copied
 * beside it.
 */
class NodeModules {
  private static final String LOCK = "package-lock.json";

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: NodeModules SOURCE TARGET");
    }
    Path source = Path.of(args[0]);
    Path target = Files.createDirectories(Path.of(args[1]));
    try (var files = Files.newDirectoryStream(source, Files::isRegularFile)) {
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path installed = target.resolve("installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(source.resolve(LOCK), installed) < 0) {
      return;
    }
    Files.deleteIfExists(installed);
    install(target);
    Files.copy(source.resolve(LOCK), installed);
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    List<String> command =
        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    Process npm;
    try {
      npm = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    } catch (IOException e) {
      System.err.println(
          "The AWS tests need Node.js 22 or newer with npm, and there is no npm on the PATH.");
      System.exit(1);
      return;
    }
    int status = npm.waitFor();
    if (status != 0) {
      System.err.println("npm could not install what " + folder.resolve(LOCK) + " lists.");
      System.exit(status);
    }
  }
}
