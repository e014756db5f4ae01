package co.stopcovid.adapters.authoring;

import co.stopcovid.adapters.authoring.CourseDraft.Step;
import co.stopcovid.common.Language;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import co.stopcovid.drills.Template;
import co.stopcovid.drills.Translations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * This project's own form: one file a drill, with labels, and one file a language, with their
 * texts. A label of a drill's own section is {@code <drill>.<label>} in the course, so that drills
 * may use the same short names for different texts.
 */
final class AuthoringFormat {
  static final String DRILLS = "drills";
  static final String LANGUAGES = "languages";
  static final String YAML = ".yaml";

  private static final int MOST_TRIES = Prompt.MOST_FAILURES + 1;
  private static final int DEFAULT_TRIES = Prompt.DEFAULT_MAX_FAILURES + 1;

  /** What a finding can be about, beside the feedback. */
  private static final List<String> PLACED = List.of("say", "answer", "save_reply_as");

  private final CourseDraft draft;
  private final Set<String> drillNames = new HashSet<>();

  /** A drill's file; the slug is null where it names none. */
  private record DrillFile(Section content, String stem, @Nullable String slug) {}

  private AuthoringFormat(CourseDraft draft) {
    this.draft = draft;
  }

  /** Reads the texts before the prompts, because they decide what a drill's labels stand for. */
  static void read(List<Path> drillFiles, List<Path> languageFiles, CourseDraft draft) {
    var format = new AuthoringFormat(draft);
    List<DrillFile> drills = new ArrayList<>();
    for (Path file : drillFiles) {
      String stem = stem(file);
      format.drillNames.add(stem);
      Section content = ContentFile.read(file, DRILLS + "/" + stem + YAML, draft);
      if (content != null) {
        String slug = content.requiredText("drill", "write drill: " + stem);
        format.drillNames.add(slug == null ? stem : slug);
        drills.add(new DrillFile(content, stem, slug));
      }
    }
    for (Path file : languageFiles) {
      String stem = stem(file);
      Section content = ContentFile.read(file, LANGUAGES + "/" + stem + YAML, draft);
      if (content != null) {
        format.language(content, stem);
      }
    }
    drills.forEach(format::drill);
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - YAML.length());
  }

  private void language(Section file, String stem) {
    file.knowsOnly("language", "name", "messages", DRILLS);
    String code = file.requiredText("language", "write language: " + stem);
    if (code != null && !code.equals(stem)) {
      file.error(
          "language",
          "the file is named %s.yaml, but its language is %s".formatted(stem, code),
          "make both the same");
    }
    Language language =
        file.value(
            "language", code == null ? stem : code, Language::new, "use a code such as es or pt");
    if (language == null) {
      return;
    }
    draft.addLanguage(language);
    Section messages = file.section("messages");
    if (messages != null) {
      messages.texts().forEach((label, text) -> addText(language, messages, "", label, text));
    }
    Section drills = file.section(DRILLS);
    if (drills != null) {
      drills.sections().forEach((slug, section) -> drillTexts(language, drills, slug, section));
    }
  }

  private void drillTexts(Language language, Section drills, String slug, Section section) {
    if (!drillNames.contains(slug)) {
      drills.warning(
          slug,
          "there is no drill %s: its texts are passed over".formatted(slug),
          "correct the name, or remove the texts");
      return;
    }
    Map<String, String> texts = section.texts();
    texts.forEach(
        (label, text) ->
            addText(language, section, slug + ".", label, scoped(text, slug, texts.keySet())));
  }

  private void addText(
      Language language, Section section, String scope, String label, String text) {
    Section named = section.named("label " + label);
    if (!Template.isReference(scope + label)) {
      named.error(
          label,
          "%s is not a name for a label".formatted(label),
          "use letters, digits, - _ and . only");
      return;
    }
    draft.addText(language, scope + label, text, named.place(label));
  }

  /** The text with references to labels of the same drill by their whole names. */
  private static String scoped(String text, String drill, Set<String> labels) {
    Template template;
    try {
      template = Template.parse(text);
    } catch (IllegalArgumentException e) {
      // Left as it is: the check of templates reports it with the place.
      return text;
    }
    var whole = new StringBuilder();
    for (Template.Part part : template.parts()) {
      switch (part) {
        case Template.Part.Text plain -> whole.append(plain.text());
        case Template.Part.Reference(String name) -> {
          boolean isOwn = labels.contains(name) && !Translations.VALUES.contains(name);
          whole.append("{{").append(isOwn ? drill + "." + name : name).append("}}");
        }
      }
    }
    return whole.toString();
  }

  private void drill(DrillFile file) {
    String name = file.slug() == null ? file.stem() : file.slug();
    Section drill = file.content().named("drill " + name);
    drill.knowsOnly("drill", "name", "prompts");
    if (!name.equals(file.stem())) {
      drill.warning(
          "drill",
          "the file is named %s.yaml, but its drill is %s".formatted(file.stem(), name),
          "give both the same name");
    }
    DrillSlug slug =
        drill.value(
            "drill",
            name,
            AuthoringFormat::drillSlug,
            "use letters, digits, - and _, such as 01-washing-hands");
    String title = drill.text("name");
    if (title == null) {
      drill.warning("name", "name is missing: the slug stands in for it", "add a name");
    }
    if (slug == null) {
      return;
    }
    List<@Nullable Step> steps = new ArrayList<>();
    for (Section prompt : drill.steps("prompts")) {
      steps.add(prompt(slug, prompt));
    }
    draft.addDrill(
        slug, title == null ? name : title, draft.prompts(slug, steps), drill.place("drill"));
  }

  /** The slug stands before the drill's labels, so here it is a name like theirs. */
  private static DrillSlug drillSlug(String name) {
    if (!Template.isReference(name)) {
      throw new IllegalArgumentException("not a drill slug of this form: " + name);
    }
    return new DrillSlug(name);
  }

  private @Nullable Step prompt(DrillSlug drill, Section unnamed) {
    String name = unnamed.requiredText("prompt", "give the prompt a name, unique in its drill");
    Section prompt = name == null ? unnamed : unnamed.named("prompt " + name);
    prompt.knowsOnly(
        "prompt",
        "say",
        "answer",
        "tries",
        "save_reply_as",
        "why",
        "hint",
        "options",
        "wrong",
        FeedbackFields.REVIEW);
    PromptSlug slug =
        name == null
            ? null
            : prompt.value("prompt", name, PromptSlug::new, "use a name such as soap");
    List<PromptMessage> messages = new ArrayList<>();
    for (Node node : prompt.oneOrMore("say")) {
      PromptMessage message = message(drill, prompt, node);
      if (message != null) {
        messages.add(message);
      }
    }
    if (messages.isEmpty()) {
      prompt.error("say", "the prompt has no messages", "write say: and a label");
    }
    int tries = prompt.integer("tries", 1, MOST_TRIES, DEFAULT_TRIES);
    var key = CourseDraft.profileKey(prompt, "save_reply_as");
    List<String> answers = answers(drill, prompt);
    var fields = new FeedbackFields("why", "hint", "options", "wrong", new LabelsOrTexts(drill));
    Feedback feedback = fields.feedback(prompt);
    Review review = fields.review(prompt);
    return slug == null || messages.isEmpty()
        ? null
        : draft.step(
            slug,
            messages,
            answers,
            key,
            tries - 1,
            feedback,
            review,
            prompt.place(),
            fields.parts(prompt, PLACED, new LabelsOrTexts(drill)::asRead));
  }

  private @Nullable PromptMessage message(DrillSlug drill, Section prompt, Node node) {
    return switch (node) {
      case Node.Scalar scalar when !scalar.text().isBlank() -> {
        String text = reference(drill, prompt, "say", scalar.text());
        yield text == null ? null : new PromptMessage(text, null);
      }
      case Node.Table group -> {
        Section message = prompt.of(group);
        message.knowsOnly("label", "media_url");
        String text = label(drill, message, "label");
        String media = message.text("media_url");
        if (text == null && (media == null || media.isBlank())) {
          message.error("label", "a message needs a label or a media_url", "add one");
          yield null;
        }
        yield new PromptMessage(text, media == null || media.isBlank() ? null : media);
      }
      case Node.Scalar scalar -> {
        prompt.error("say", "a label is missing", "write it, or remove the line");
        yield null;
      }
      case Node.Listing list -> {
        prompt.error("say", "a list stands within the list", "write one list of labels");
        yield null;
      }
    };
  }

  private List<String> answers(DrillSlug drill, Section prompt) {
    List<String> written = prompt.oneOrMoreTexts("answer");
    var labels = new LabelsOrTexts(drill);
    if (written.size() != 1) {
      return written.stream().map(text -> labels.said(prompt, "answer", text)).toList();
    }
    String only = reference(drill, prompt, "answer", written.getFirst());
    return only == null ? List.of() : List.of(only);
  }

  /**
   * Labels, whose texts are in the language files. What can be no label is a text that is said as
   * it stands in every language.
   */
  private final class LabelsOrTexts implements FeedbackFields.Texts {
    private final DrillSlug drill;

    LabelsOrTexts(DrillSlug drill) {
      this.drill = drill;
    }

    @Override
    public String said(Section section, String field, String text) {
      return asRead(text);
    }

    String asRead(String text) {
      String label = label(text);
      return label == null ? text : "{{" + label + "}}";
    }

    @Override
    public String words(Section section, String text) {
      String label = label(text);
      return label == null || !draft.hasText(label) ? text : "{{" + label + "}}";
    }

    @Override
    public String label(Section section, String words, String text) {
      String label = label(text);
      return label == null
          ? draft.labelOf(text, drill + ".wrong." + words, section.place(words))
          : label;
    }

    private @Nullable String label(String text) {
      return Template.isReference(drill + "." + text)
          ? AuthoringFormat.this.label(drill, text)
          : null;
    }
  }

  private @Nullable String label(DrillSlug drill, Section section, String field) {
    String label = section.text(field);
    return label == null || label.isBlank() ? null : reference(drill, section, field, label);
  }

  /** A label as a template: of the drill's own section, else one said in every drill. */
  private @Nullable String reference(DrillSlug drill, Section section, String field, String label) {
    String own = drill + "." + label;
    if (!Template.isReference(own)) {
      section.error(
          field,
          "%s is not a name for a label".formatted(label),
          "write the label here, and its text in the language files");
      return null;
    }
    return "{{" + label(drill, label) + "}}";
  }

  private String label(DrillSlug drill, String label) {
    String own = drill + "." + label;
    return draft.hasText(own) || !draft.hasText(label) ? own : label;
  }
}
