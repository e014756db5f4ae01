package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PromptMessage;
import co.stopcovid.drills.PublishedDrills;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The shape of drills: slugs, closing prompts, pictures. */
final class DrillChecks {
  private static final String REVIEW = "review";

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
      checkReserved(drill);
      checkClosing(drill);
      for (Prompt prompt : drill.prompts()) {
        prompt.messages().forEach(message -> checkPicture(drill, prompt, message));
      }
    }
    checkOwnKeys();
  }

  /** A profile holds no more, so what is asked under a further key would be lost. */
  private void checkOwnKeys() {
    List<ProfileKey> kept =
        PublishedDrills.ownKeys(inspection.drills()).stream().limit(ProfileKey.MOST_OWN).toList();
    for (Drill drill : inspection.drills()) {
      for (Prompt prompt : drill.prompts()) {
        ProfileKey key = prompt.responseKey();
        if (key != null && key.isOwn() && !kept.contains(key)) {
          inspection.error(
              inspection.place(drill, prompt),
              "%s is one key too many: a course keeps replies under at most %d of its own"
                  .formatted(key, ProfileKey.MOST_OWN),
              "keep it under one of %s, or leave one out"
                  .formatted(String.join(", ", kept.stream().map(ProfileKey::wireName).toList())));
        }
      }
    }
  }

  /** A review is put together of questions that are due, under this slug. */
  private void checkReserved(Drill drill) {
    if (drill.slug().value().equals(REVIEW)) {
      inspection.error(
          inspection.place(drill),
          "the slug review is the engine's own: it asks again what was missed",
          "give the drill another slug");
    }
  }

  /** The last of several prompts waits for no answer: a question there is never graded. */
  private void checkClosing(Drill drill) {
    Prompt last = drill.prompts().getLast();
    if (drill.prompts().size() == 1) {
      return;
    }
    if (last.isGraded()) {
      neverAnswered(drill, last, last.answers().getFirst(), "is graded");
    } else if (last.responseKey() != null) {
      neverAnswered(drill, last, last.responseKey().toString(), "saves the reply");
    }
  }

  private void neverAnswered(Drill drill, Prompt last, String written, String what) {
    inspection.error(
        inspection.written(drill, last, written),
        "the last prompt %s %s, but the drill ends with it and waits for no answer"
            .formatted(last.slug(), what),
        "add a closing prompt after it that asks nothing");
  }

  private void checkPicture(Drill drill, Prompt prompt, PromptMessage message) {
    String url = message.mediaUrl();
    if (url != null && !isWebAddress(url)) {
      inspection.error(
          inspection.written(drill, prompt, url),
          "media_url is no web address: " + TemplateChecks.quote(url),
          "write the whole address, beginning with https://");
    } else if (url != null && url.toLowerCase(Locale.ROOT).startsWith("http:")) {
      inspection.warning(
          inspection.written(drill, prompt, url),
          "media_url is an address without encryption, which providers may refuse: "
              + TemplateChecks.quote(url),
          "write https:// instead of http://");
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
