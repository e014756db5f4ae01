package co.stopcovid.adapters.authoring;

import co.stopcovid.adapters.authoring.CourseDraft.Step;
import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** StopCOVID's own form: {@code drills.json}, and {@code translations.json} beside it. */
final class StopCovidFormat {
  static final String DRILLS = "drills.json";
  static final String TRANSLATIONS = "translations.json";

  /** What a finding can be about, beside the feedback. */
  private static final List<String> PLACED =
      List.of("messages", "correct_response", "response_user_profile_key");

  private final CourseDraft draft;
  private final FeedbackFields feedback =
      new FeedbackFields("explanation", "hint", "option_feedback", "wrong", new PlainTexts());
  private final Set<String> refusedLanguages = new HashSet<>();

  private StopCovidFormat(CourseDraft draft) {
    this.draft = draft;
  }

  /** Reads both files; without translations, the texts of the drills are plain. */
  static void read(Path folder, CourseDraft draft) {
    var format = new StopCovidFormat(draft);
    Section drills = ContentFile.read(folder.resolve(DRILLS), DRILLS, draft);
    if (drills != null) {
      format.drills(drills);
    }
    Path translations = folder.resolve(TRANSLATIONS);
    if (Files.exists(translations)) {
      Section instructions = ContentFile.read(translations, TRANSLATIONS, draft);
      if (instructions != null) {
        format.translations(instructions);
      }
    }
  }

  private void drills(Section file) {
    if (file.names().isEmpty()) {
      draft.error(file.place(), "there are no drills in the file", "add at least one");
    }
    file.sections().forEach((key, drill) -> drill(file, key, drill.named("drill " + key)));
  }

  private void drill(Section file, String key, Section drill) {
    drill.knowsOnly("name", "slug", "prompts");
    String written = drill.text("slug");
    if (written == null) {
      drill.warning("slug", "slug is missing: the key %s counts".formatted(key), "add it");
    } else if (!written.equals(key)) {
      drill.warning(
          "slug",
          "the drill stands under the key %s, but its slug is %s: the key counts"
              .formatted(key, written),
          "make both the same");
    }
    DrillSlug slug = file.value(key, key, DrillSlug::new, "use a name such as 01-washing-hands");
    String name = drill.text("name");
    if (name == null) {
      drill.warning("name", "name is missing: the slug stands in for it", "add a name");
    }
    if (slug == null) {
      return;
    }
    List<@Nullable Step> steps = new ArrayList<>();
    for (Section prompt : drill.steps("prompts")) {
      steps.add(prompt(prompt));
    }
    draft.addDrill(
        slug,
        name == null ? key : name,
        draft.prompts(slug, steps),
        file.named("drill " + key).place(key));
  }

  private @Nullable Step prompt(Section unnamed) {
    String name =
        unnamed.requiredText("slug", "give the prompt a slug that is unique in its drill");
    Section prompt = name == null ? unnamed : unnamed.named("prompt " + name);
    prompt.knowsOnly(
        "slug",
        "messages",
        "correct_response",
        "response_user_profile_key",
        "max_failures",
        feedback.explanation(),
        feedback.hint(),
        feedback.options(),
        feedback.mistakes(),
        FeedbackFields.REVIEW);
    PromptSlug slug =
        name == null
            ? null
            : prompt.value("slug", name, PromptSlug::new, "use a name such as soap");
    List<Section> sections = prompt.list("messages");
    List<PromptMessage> messages =
        sections == null
            ? List.of()
            : sections.stream().map(StopCovidFormat::message).filter(Objects::nonNull).toList();
    if (messages.isEmpty()) {
      prompt.error("messages", "the prompt has no messages", "say at least one");
    }
    var key = CourseDraft.profileKey(prompt, "response_user_profile_key");
    int maxFailures =
        prompt.integer("max_failures", 0, Prompt.MOST_FAILURES, Prompt.DEFAULT_MAX_FAILURES);
    List<String> answers = prompt.oneOrMoreTexts("correct_response");
    Feedback said = feedback.feedback(prompt);
    Review review = feedback.review(prompt);
    return slug == null || messages.isEmpty()
        ? null
        : draft.step(
            slug,
            messages,
            answers,
            key,
            maxFailures,
            said,
            review,
            prompt.place(),
            feedback.parts(prompt, PLACED, UnaryOperator.identity()));
  }

  /** Texts are templates as they stand. */
  private final class PlainTexts implements FeedbackFields.Texts {
    @Override
    public String said(Section section, String field, String text) {
      return text;
    }

    @Override
    public String words(Section section, String text) {
      return text;
    }

    @Override
    public String label(Section section, String words, String text) {
      return draft.labelOf(text, "wrong." + words, section.place(words));
    }
  }

  private static @Nullable PromptMessage message(Section message) {
    message.knowsOnly("text", "media_url");
    String text = message.text("text");
    String media = message.text("media_url");
    boolean says = text != null && !text.isBlank();
    boolean shows = media != null && !media.isBlank();
    if (!says && !shows) {
      message.error("text", "a message needs a text or a media_url", "add one, or remove it");
      return null;
    }
    return new PromptMessage(says ? text : null, shows ? media : null);
  }

  private void translations(Section file) {
    file.knowsOnly("instructions");
    List<Section> instructions = file.list("instructions");
    if (instructions == null) {
      if (!file.has("instructions")) {
        file.error("instructions", "instructions is missing", "add the list of translations");
      }
      return;
    }
    instructions.forEach(this::instruction);
  }

  private void instruction(Section unnamed) {
    String label = unnamed.requiredText("label", "name the label that the text is for");
    Section instruction = label == null ? unnamed : unnamed.named("label " + label);
    instruction.knowsOnly("label", "translation", "language");
    String code = instruction.requiredText("language", "add a language code, such as es");
    String text = instruction.text("translation");
    Language language = code == null ? null : language(instruction, code);
    if (text == null || text.isBlank()) {
      if (text != null || !instruction.has("translation")) {
        instruction.warning(
            "translation",
            "the label has no text in %s: it counts as missing".formatted(code),
            "give it a text, or remove it");
      }
      return;
    }
    if (label != null && language != null) {
      draft.addText(language, label, text, instruction.place());
    }
  }

  /** A wrong code is reported once, not with each of its texts. */
  private @Nullable Language language(Section instruction, String code) {
    if (refusedLanguages.contains(code)) {
      return null;
    }
    Language language =
        instruction.value("language", code, Language::new, "use a code such as es or pt");
    if (language == null) {
      refusedLanguages.add(code);
    }
    return language;
  }
}
