package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.common.Language;
import co.stopcovid.drills.Choice;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.Keywords.Heard;
import co.stopcovid.drills.Keywords.Request;
import co.stopcovid.drills.LocalizedPrompt;
import co.stopcovid.drills.Prompt;
import java.util.LinkedHashSet;
import java.util.Set;

/** No answer is a message that the engine takes for a request, in any language. */
final class KeywordChecks {
  private final Inspection inspection;
  private final DrillVersion version;
  private final Keywords keywords;

  KeywordChecks(Inspection inspection, DrillVersion version) {
    this.inspection = inspection;
    this.version = version;
    this.keywords = new Keywords(inspection.tables());
  }

  void run() {
    for (Prompt prompt : version.drill().prompts()) {
      inspection.answerLanguages().forEach(language -> check(prompt, language));
    }
  }

  private void check(Prompt prompt, Language language) {
    LocalizedPrompt localized = version.in(language).prompt(prompt.slug());
    Set<String> replies = new LinkedHashSet<>();
    replies.add(localized.correctAnswer());
    for (Choice choice : ListedChoices.of(localized.question()).written()) {
      replies.add(choice.text());
      replies.add(choice.label());
    }
    Place place = inspection.answer(version.drill(), prompt, language);
    for (String reply : replies) {
      check(reply, localized.isAnswer(reply), place, language);
    }
  }

  /** What is an answer is heard as one, save the provider's own words. */
  private void check(String reply, boolean answer, Place place, Language language) {
    String quoted = TemplateChecks.quote(reply);
    Heard heard = keywords.hear(reply);
    if (answer ? heard.is(Request.PROVIDER_HELP) : heard.isHelp()) {
      inspection.error(
          place,
          language,
          "who answers " + quoted + " asks for help instead: the engine does not see it",
          "choose another word");
    } else if (answer
        ? heard.is(Request.PROVIDER_OPT_OUT) || heard.is(Request.OPT_OUT)
        : heard.isOptOut()) {
      inspection.error(
          place,
          language,
          "who answers " + quoted + " leaves the course: it is a keyword for that",
          "choose another word");
    } else if (heard.is(Request.MORE)) {
      inspection.warning(
          place,
          language,
          "who answers " + quoted + " late asks for the next drill: it is a keyword for that",
          "choose another word");
    }
  }
}
