package co.stopcovid.adapters.authoring;

import co.stopcovid.common.Language;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Reads the content of a folder, in StopCOVID's own form ({@code drills.json}) or in this project's
 * ({@code drills/*.yaml} and {@code languages/*.yaml}), whichever is there. Beside either there may
 * be {@code course.yaml}, which says what languages are taught.
 */
public final class CourseReader {
  private static final int MOST_FILES = 10_000;
  private static final String COURSE = "course.yaml";

  private final Path folder;
  private final CourseDraft draft = new CourseDraft();

  private CourseReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads as much as can be read. What is wrong with the content's form becomes a finding, never an
   * exception; labels and texts are looked into elsewhere.
   */
  public static Course read(Path folder) {
    var reader = new CourseReader(folder);
    reader.read();
    return reader.draft.course();
  }

  private void read() {
    if (!Files.isDirectory(folder)) {
      draft.error(
          new Place(folder.toString(), 0, ""),
          Files.exists(folder) ? "this is a file, not a folder" : "there is no such folder",
          "name the folder that holds the course");
      return;
    }
    List<Path> files = list("");
    course();
    List<Path> drills = yamlIn(AuthoringFormat.DRILLS);
    if (Files.exists(folder.resolve(StopCovidFormat.DRILLS))) {
      if (!drills.isEmpty()) {
        draft.warning(
            new Place(StopCovidFormat.DRILLS, 0, ""),
            "the folder holds drills/*.yaml, too, which are passed over",
            "keep one of the two forms");
      }
      StopCovidFormat.read(folder, draft);
    } else if (!drills.isEmpty()) {
      AuthoringFormat.read(drills, yamlIn(AuthoringFormat.LANGUAGES), draft);
      files.forEach(this::misplaced);
    } else {
      draft.error(
          new Place(folder.toString(), 0, ""),
          "the folder holds neither drills.json nor drills/*.yaml",
          "name the folder that holds the course; docs/authoring.md shows both forms");
      files.forEach(this::misplaced);
    }
  }

  /** The languages that the course says it teaches; without, those that it has texts in. */
  private void course() {
    Path file = folder.resolve(COURSE);
    Section course = Files.exists(file) ? ContentFile.read(file, COURSE, draft) : null;
    if (course == null) {
      return;
    }
    course.knowsOnly("languages");
    List<Language> languages = new ArrayList<>();
    for (String code : course.oneOrMoreTexts("languages")) {
      Language language =
          course.value("languages", code, Language::new, "use codes such as es or pt");
      if (language != null) {
        languages.add(language);
      }
    }
    if (!course.has("languages") || languages.isEmpty()) {
      course.warning(
          "languages",
          "the course says no language that it teaches: it teaches those that it has texts in",
          "write languages: [en, es]");
    }
    draft.teach(languages);
  }

  /** The YAML files of a subfolder; content under other names gets a finding. */
  private List<Path> yamlIn(String subfolder) {
    if (!Files.isDirectory(folder.resolve(subfolder))) {
      return List.of();
    }
    List<Path> yaml = new ArrayList<>();
    for (Path file : list(subfolder)) {
      if (isYaml(file)) {
        yaml.add(file);
      } else {
        misplaced(file);
      }
    }
    return yaml;
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(AuthoringFormat.YAML) && !name.startsWith(".") && !Files.isDirectory(file);
  }

  private void misplaced(Path file) {
    boolean isRoot = folder.equals(file.getParent());
    var place = new Place(folder.relativize(file).toString().replace('\\', '/'), 0, "");
    if (looksLikeContent(file)) {
      draft.warning(
          place,
          "the file is passed over",
          isRoot
              ? "move it to drills/ or languages/, with a name that ends in .yaml"
              : "give it a name that ends in .yaml, or remove it");
    } else if (!isRoot && Files.isDirectory(file)) {
      draft.warning(place, "the folder is passed over", "move its files one folder up");
    }
  }

  /** Under a name that authors may have meant for content, whatever its case. */
  private boolean looksLikeContent(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (file.equals(folder.resolve(COURSE))) {
      return false;
    }
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  /** What a folder holds, by name; nothing where it cannot be read. */
  private List<Path> list(String subfolder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(subfolder))) {
      for (Path file : entries) {
        files.add(file);
        if (files.size() > MOST_FILES) {
          throw new IOException("more than %d files".formatted(MOST_FILES));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      draft.error(
          new Place(subfolder.isEmpty() ? folder.toString() : subfolder, 0, ""),
          "the folder cannot be read (%s)".formatted(e.getMessage()),
          "check that it may be read");
      return List.of();
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return files;
  }
}
