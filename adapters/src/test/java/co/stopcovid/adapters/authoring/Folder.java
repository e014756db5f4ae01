package co.stopcovid.adapters.authoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with a course in it, good until a test spoils it. */
final class Folder {
  static final String DRILL =
      """
      drill: 01-soap
      name: Soap
      prompts:
        - prompt: soap
          say: [hello, soap]
          answer: soap-answer
        - prompt: done
          say: done
      """;
  static final String ENGLISH =
      """
      language: en
      name: English
      messages:
        hello: "Hello {{name}}"
        done: no
      drills:
        01-soap:
          soap: What do you need?
          soap-answer: 1.50
          done: yes
      """;
  static final String DRILLS_JSON =
      """
      {"01-soap": {
        "name": "Soap", "slug": "01-soap",
        "prompts": [
          {"slug": "soap",
           "messages": [{"text": "{{soap}}"}, {"text": null, "media_url": "https://a.org/b.png"}],
           "correct_response": "b) soap",
           "response_user_profile_key": null,
           "max_failures": 2},
          {"slug": "done",
           "messages": [{"text": "Bye"}], "response_user_profile_key": "self_rating_1"}
        ]}}
      """;
  static final String TRANSLATIONS_JSON =
      """
      {"instructions": [
        {"label": "soap", "translation": "What do you need?", "language": "en"},
        {"label": "soap", "translation": "¿Qué necesita?", "language": "es"},
        {"label": "soap", "translation": "¿Qué necesita?", "language": "es"}
      ]}
      """;

  private final Path folder;

  Folder(Path folder) {
    this.folder = folder;
  }

  static Folder yaml(Path path) {
    return new Folder(path).with("drills/01-soap.yaml", DRILL).with("languages/en.yaml", ENGLISH);
  }

  static Folder json(Path path) {
    return new Folder(path)
        .with("drills.json", DRILLS_JSON)
        .with("translations.json", TRANSLATIONS_JSON);
  }

  Folder with(String file, String text) {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  Folder with(String file, byte[] content) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(folder.resolve(file).getParent());
      Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Course read() {
    return CourseReader.read(folder);
  }

  /** As {@code ERROR drills.json:3 (prompt soap): reason}. */
  List<String> findings() {
    return read().findings().stream()
        .map(finding -> finding.severity() + " " + finding.place() + ": " + finding.reason())
        .toList();
  }
}
