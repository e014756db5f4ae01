package co.stopcovid.adapters.authoring;

import co.stopcovid.common.Language;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.Translations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content as it was read, with what was wrong with its form.
 *
 * @param drills those that could be read, in the order of their slugs
 * @param places where drills, prompts, their parts and labels stand, by the keys below
 * @param findings what kept parts of the content from being read
 */
public record Course(
    List<Drill> drills,
    Translations translations,
    Map<String, Place> places,
    List<Finding> findings) {
  public Course {
    drills = List.copyOf(drills);
    places = Map.copyOf(places);
    findings = List.copyOf(findings);
  }

  public static String key(DrillSlug drill) {
    return "drill " + drill;
  }

  public static String key(DrillSlug drill, PromptSlug prompt) {
    return "drill " + drill + " prompt " + prompt;
  }

  /** Where a prompt's text or address stands, as it is in the prompt. */
  public static String key(DrillSlug drill, PromptSlug prompt, String written) {
    return key(drill, prompt) + " written " + written;
  }

  /** Where the letter stands that feedback on an option is for. */
  public static String optionKey(DrillSlug drill, PromptSlug prompt, String label) {
    return key(drill, prompt) + " option " + label;
  }

  public static String key(Language language, String label) {
    return "label " + language + " " + label;
  }

  /** The label that a text is, if it is one and nothing else. */
  public static @Nullable String soleLabel(String text) {
    Template template;
    try {
      template = Template.parse(text.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
    return template.parts().size() == 1
            && template.parts().getFirst() instanceof Template.Part.Reference(String name)
            && !Translations.VALUES.contains(name)
        ? name
        : null;
  }

  /**
   * The drills, ready to be taught.
   *
   * @throws ContentException when there are errors; the message lists them with their places
   */
  public PublishedDrills publish(LanguageTables tables) {
    List<String> errors =
        findings.stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .map(finding -> finding.place() + ": " + finding.reason())
            .toList();
    if (!errors.isEmpty()) {
      throw new ContentException(String.join("\n", errors));
    }
    return PublishedDrills.of(drills, translations, tables);
  }
}
