package co.stopcovid.standalone.database;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a folder cannot be used, in one sentence with the setting that names it. */
public final class FolderTrouble {
  private FolderTrouble() {}

  /**
   * @param setting such as {@code DIALOG_DATA_DIR}
   * @param folder what it is
   */
  public static String sentence(String setting, Path folder, IOException e) {
    return inOne(setting, folder, reason(folder.toAbsolutePath().normalize(), e));
  }

  /** What can be seen without writing; empty when nothing is. */
  public static Optional<String> find(String setting, Path folder) {
    return seen(nearest(folder.toAbsolutePath().normalize()))
        .map(reason -> inOne(setting, folder, reason));
  }

  private static String inOne(String setting, Path folder, String reason) {
    return "%s is %s, %s: name a folder in which this user may write, such as ./data"
        .formatted(setting, folder, reason);
  }

  private static Path nearest(Path folder) {
    Path nearest = folder;
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    return nearest;
  }

  private static Optional<String> seen(Path nearest) {
    if (!Files.isDirectory(nearest)) {
      return Optional.of("but %s is no folder".formatted(nearest));
    }
    return Files.isWritable(nearest)
        ? Optional.empty()
        : Optional.of("but %s may not write in %s".formatted(user(), nearest));
  }

  private static String reason(Path folder, IOException e) {
    Path nearest = nearest(folder);
    Optional<String> seen = seen(nearest);
    if (seen.isPresent()) {
      return seen.get();
    }
    return switch (e) {
      case NoSuchFileException none when !Files.exists(folder) ->
          "but no folder can be made in %s".formatted(nearest);
      case FileSystemException failed when failed.getReason() != null ->
          "but %s cannot be used (%s)".formatted(failed.getFile(), failed.getReason());
      case FileSystemException failed ->
          "but %s may not use %s (%s)"
              .formatted(user(), failed.getFile(), failed.getClass().getSimpleName());
      default -> "but it cannot be used (%s)".formatted(e.getMessage());
    };
  }

  private static String user() {
    return "the user " + System.getProperty("user.name", "");
  }
}
