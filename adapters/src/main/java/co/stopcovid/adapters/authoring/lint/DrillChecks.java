package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The shape of drills: slugs, closing prompts, pictures. */
final class DrillChecks {
  private final Inspection inspection;

  DrillChecks(Inspection inspection) {
    this.inspection = inspection;
  }

  void run() {
    Set<DrillSlug> slugs = new HashSet<>();
    for (Drill drill : inspection.drills()) {
      if (!slugs.add(drill.slug())) {
        inspection.error(
            inspection.place(drill),
            "another drill has the slug " + drill.slug() + " too",
            "give one of them another slug");
      }
      checkClosing(drill);
      for (Prompt prompt : drill.prompts()) {
        prompt.messages().forEach(message -> checkPicture(drill, prompt, message));
      }
    }
  }

  /** The last of several prompts waits for no answer: a question there is never graded. */
  private void checkClosing(Drill drill) {
    Prompt last = drill.prompts().getLast();
    if (drill.prompts().size() == 1) {
      return;
    }
    if (last.isGraded()) {
      neverAnswered(drill, last, "is graded");
    } else if (last.responseKey() != null) {
      neverAnswered(drill, last, "saves the reply");
    }
  }

  private void neverAnswered(Drill drill, Prompt last, String what) {
    inspection.error(
        inspection.place(drill, last),
        "the last prompt %s %s, but the drill ends with it and waits for no answer"
            .formatted(last.slug(), what),
        "add a closing prompt after it that asks nothing");
  }

  private void checkPicture(Drill drill, Prompt prompt, PromptMessage message) {
    String url = message.mediaUrl();
    if (url != null && !isWebAddress(url)) {
      Place place = inspection.place(drill, prompt);
      inspection.error(
          place,
          "media_url is no web address: " + TemplateChecks.quote(url),
          "write the whole address, beginning with https://");
    }
  }

  private static boolean isWebAddress(String url) {
    try {
      var uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
