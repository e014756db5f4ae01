package co.stopcovid.adapters.json;

import co.stopcovid.common.Language;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Feedback;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.Review;
import co.stopcovid.drills.Translations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A drill in all languages as it is stored for good. What is not there is left out. */
public final class DrillVersionCodec {
  private DrillVersionCodec() {}

  /**
   * Reads a drill version.
   *
   * @throws MalformedJsonException when it has not the form of one, or what was read does not have
   *     the id under which it was stored
   */
  public static DrillVersion decode(String json, LanguageTables tables) {
    Fields version = Fields.of(Json.parse(json), "a drill version");
    String id = version.text("id");
    try {
      return DrillVersion.restore(
          id, drill(version.object("drill")), translations(version), tables);
    } catch (ContentException e) {
      throw new MalformedJsonException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Drill drill(Fields drill) {
    var prompts = drill.objects("prompts").stream().map(DrillVersionCodec::prompt).toList();
    return drill.value(
        "slug",
        "the slug of a drill",
        slug -> new Drill(new DrillSlug(slug), drill.text("name"), prompts));
  }

  private static Prompt prompt(Fields prompt) {
    var messages = prompt.objects("messages").stream().map(DrillVersionCodec::message).toList();
    ProfileKey key =
        prompt.has("response_user_profile_key")
            ? prompt.value("response_user_profile_key", "a profile key", DrillVersionCodec::key)
            : null;
    int maxFailures = (int) prompt.integer("max_failures", 0, Integer.MAX_VALUE);
    return prompt.value(
        "slug",
        "the slug of a prompt",
        slug ->
            new Prompt(
                new PromptSlug(slug),
                messages,
                prompt.textOrNull("correct_response"),
                prompt.textsOrNone("accepted"),
                key,
                maxFailures,
                feedback(prompt),
                review(prompt)));
  }

  private static Feedback feedback(Fields prompt) {
    var options = new TreeMap<String, String>();
    Fields written = prompt.objectOrNull("option_feedback");
    if (written != null) {
      for (Map.Entry<String, JsonNode> option : written.entries()) {
        options.put(option.getKey(), written.text(option.getKey()));
      }
    }
    List<Feedback.Mistake> mistakes =
        prompt.has("wrong")
            ? prompt.objects("wrong").stream()
                .map(wrong -> new Feedback.Mistake(wrong.text("words"), wrong.text("label")))
                .toList()
            : List.of();
    return new Feedback(
        prompt.textOrNull("explanation"), prompt.textOrNull("hint"), options, mistakes);
  }

  private static Review review(Fields prompt) {
    return prompt.isFalse("review") ? Review.NEVER : new Review(true, prompt.textOrNull("review"));
  }

  private static PromptMessage message(Fields message) {
    String media = message.textOrNull("media_url");
    if (media != null && !message.has("text")) {
      return new PromptMessage(null, media);
    }
    return message.value("text", "a text", text -> new PromptMessage(text, media));
  }

  private static ProfileKey key(String name) {
    return ProfileKey.find(name)
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + ProfileKey.allowed()));
  }

  private static Translations translations(Fields version) {
    var all = new TreeMap<Language, Map<String, String>>();
    Fields translations = version.object("translations");
    for (Map.Entry<String, JsonNode> language : translations.entries()) {
      Fields labels = translations.object(language.getKey());
      var texts = new TreeMap<String, String>();
      for (Map.Entry<String, JsonNode> label : labels.entries()) {
        texts.put(label.getKey(), labels.text(label.getKey()));
      }
      try {
        all.put(new Language(language.getKey()), texts);
      } catch (IllegalArgumentException e) {
        throw translations.malformed(language.getKey(), String.valueOf(e.getMessage()));
      }
    }
    try {
      return new Translations(all)
          .teaching(version.textsOrNone("languages").stream().map(Language::new).toList());
    } catch (IllegalArgumentException e) {
      throw version.malformed("languages", String.valueOf(e.getMessage()));
    }
  }

  public static String encode(DrillVersion version) {
    return Json.write(json -> write(json, version));
  }

  private static void write(JsonGenerator json, DrillVersion version) {
    json.writeStartObject();
    json.writeStringProperty("id", version.id());
    json.writeObjectPropertyStart("drill");
    json.writeStringProperty("slug", version.slug().value());
    json.writeStringProperty("name", version.drill().name());
    json.writeArrayPropertyStart("prompts");
    for (Prompt prompt : version.drill().prompts()) {
      write(json, prompt);
    }
    json.writeEndArray();
    json.writeEndObject();
    List<Language> taught = version.translations().taught();
    if (!taught.isEmpty()) {
      json.writeArrayPropertyStart("languages");
      taught.forEach(language -> json.writeString(language.code()));
      json.writeEndArray();
    }
    json.writeObjectPropertyStart("translations");
    version
        .translations()
        .asMap()
        .forEach(
            (language, texts) -> {
              json.writeObjectPropertyStart(language.code());
              texts.forEach(json::writeStringProperty);
              json.writeEndObject();
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Prompt prompt) {
    json.writeStartObject();
    json.writeStringProperty("slug", prompt.slug().value());
    json.writeArrayPropertyStart("messages");
    for (PromptMessage message : prompt.messages()) {
      json.writeStartObject();
      if (message.text() != null) {
        json.writeStringProperty("text", message.text());
      }
      if (message.mediaUrl() != null) {
        json.writeStringProperty("media_url", message.mediaUrl());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    if (prompt.correctResponse() != null) {
      json.writeStringProperty("correct_response", prompt.correctResponse());
    }
    if (prompt.responseKey() != null) {
      json.writeStringProperty("response_user_profile_key", prompt.responseKey().wireName());
    }
    json.writeNumberProperty("max_failures", prompt.maxFailures());
    writeFeedback(json, prompt);
    json.writeEndObject();
  }

  /** What a prompt says beyond right and wrong; a prompt without is written as it always was. */
  private static void writeFeedback(JsonGenerator json, Prompt prompt) {
    if (!prompt.accepted().isEmpty()) {
      json.writeArrayPropertyStart("accepted");
      prompt.accepted().forEach(json::writeString);
      json.writeEndArray();
    }
    Feedback feedback = prompt.feedback();
    if (feedback.explanation() != null) {
      json.writeStringProperty("explanation", feedback.explanation());
    }
    if (feedback.hint() != null) {
      json.writeStringProperty("hint", feedback.hint());
    }
    if (!feedback.options().isEmpty()) {
      json.writeObjectPropertyStart("option_feedback");
      feedback.options().forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    if (!feedback.mistakes().isEmpty()) {
      json.writeArrayPropertyStart("wrong");
      for (Feedback.Mistake mistake : feedback.mistakes()) {
        json.writeStartObject();
        json.writeStringProperty("words", mistake.words());
        json.writeStringProperty("label", mistake.label());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!prompt.review().asked()) {
      json.writeBooleanProperty("review", false);
    } else if (prompt.review().text() != null) {
      json.writeStringProperty("review", prompt.review().text());
    }
  }
}
