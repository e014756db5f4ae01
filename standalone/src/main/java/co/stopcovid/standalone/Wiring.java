package co.stopcovid.standalone;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.content.WatchedFolder;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.json.CodesFile;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTable;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.standalone.serve.ServiceConfig;
import co.stopcovid.standalone.serve.Teaching;
import co.stopcovid.standalone.simulate.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what the commands run on. */
public final class Wiring {
  private final Config config;
  private final LanguageTables languages = BuiltInLanguages.load();

  Wiring(Config config) {
    this.config = config;
  }

  public Config config() {
    return config;
  }

  public LanguageTables languageTables() {
    return languages;
  }

  /** All supported languages, by code. */
  public List<Language> languages() {
    return languages.all().stream().map(LanguageTable::language).toList();
  }

  /**
   * A supported language by its code.
   *
   * @throws UsageException when there is none
   */
  public Language language(String code) {
    return languages().stream()
        .filter(language -> language.code().equals(code.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no language %s; there are %s"
                        .formatted(
                            code,
                            languages().stream()
                                .map(Language::code)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The folder with the content.
   *
   * @param chosen null for the configured one
   * @throws UsageException when there is no such folder
   */
  public Path contentDir(@Nullable Path chosen) {
    Path folder = chosen == null ? config.contentDir() : chosen;
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "there is no content folder %s; name one with --drills or DIALOG_CONTENT_DIR"
              .formatted(folder));
    }
    return folder;
  }

  public PublishedDrills drills(@Nullable Path chosen) {
    return CourseReader.read(contentDir(chosen)).publish(languages);
  }

  /**
   * Registration codes in the order of their file.
   *
   * @param file null for the codes of the demonstration
   * @throws UsageException when there is no such file
   */
  public SequencedMap<String, CodeVerdict.Valid> codes(@Nullable Path file) {
    var codes = new LinkedHashMap<String, CodeVerdict.Valid>();
    if (file == null) {
      AccountInfo acme = AccountInfo.of(Map.of("company", "Acme"));
      codes.put("ACME", new CodeVerdict.Valid(false, acme));
      codes.put("DEMO", new CodeVerdict.Valid(true, acme));
    } else if (Files.isRegularFile(file)) {
      CodesFile.read(file).forEach((code, verdict) -> codes.put(code.value(), verdict));
    } else {
      throw new UsageException("there is no file of codes " + file);
    }
    return codes;
  }

  /**
   * How the service runs: what the environment says, and flags that stand above it.
   *
   * @throws UsageException when a variable has a value that cannot be
   */
  public ServiceConfig serviceConfig(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(config.environment());
    all.putAll(flags);
    return ServiceConfig.from(all);
  }

  /**
   * What a service teaches.
   *
   * @throws ContentException with the findings, when the content cannot be taught from
   */
  public Teaching teaching(@Nullable Path chosen) {
    return new Teaching(
        new WatchedFolder(contentDir(chosen), languages, InstantSource.system()), languages);
  }

  /** The codes of a file; see {@link #codes}. */
  public Map<RegistrationCode, CodeVerdict.Valid> registrationCodes(Path file) {
    return byCode(codes(file));
  }

  private static Map<RegistrationCode, CodeVerdict.Valid> byCode(
      Map<String, CodeVerdict.Valid> codes) {
    return codes.entrySet().stream()
        .collect(
            Collectors.toMap(code -> new RegistrationCode(code.getKey()), Map.Entry::getValue));
  }

  /**
   * @param language of learners who have not chosen one; null for none
   */
  public Simulator simulator(
      PublishedDrills drills, Map<String, CodeVerdict.Valid> codes, @Nullable Language language) {
    Map<RegistrationCode, CodeVerdict.Valid> registered = byCode(codes);
    return new Simulator(
        drills,
        new InMemoryRegistrationCodes(registered),
        new Keywords(languages),
        InstantSource.system(),
        language);
  }
}
