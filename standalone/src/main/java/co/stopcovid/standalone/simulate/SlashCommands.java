package co.stopcovid.standalone.simulate;

import co.stopcovid.adapters.json.EventBatchCodec;
import co.stopcovid.adapters.json.Json;
import co.stopcovid.common.Language;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.standalone.jsonl.SimulateLines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.stream.Collectors;

/** What can be typed besides messages. */
final class SlashCommands {
  private static final int BATCHES_SHOWN = 3;

  private static final String HELP =
      """
      Everything you type is a text message to the engine, except:
        /state          where you stand, as the engine keeps it
        /events [all]   what happened lately, in the form it is stored
        /why            why the last graded answer was right or wrong
        /drills         the drills and how far you are
        /start SLUG     start a drill, as its schedule would
        /remind         remind of the prompt that waits, as after some hours
        /lang [CODE]    show the language, or go on in another
        /help  /quit    this list; the end (also Ctrl-D and Ctrl-C)
      A message that begins with a slash is typed with two: //home.
      Enter alone sends an empty message where any reply will do, and nothing elsewhere.""";

  private static final Map<CourseProgress.Status, String> MARKS =
      Map.of(
          CourseProgress.Status.NOT_STARTED, "not started",
          CourseProgress.Status.STARTED, "started",
          CourseProgress.Status.COMPLETED, "completed");

  private final Session session;
  private final Simulator simulator;
  private final Screen screen;
  private final List<Language> languages;

  SlashCommands(
      Session session,
      Simulator simulator,
      Screen screen,
      SequencedCollection<Language> languages) {
    this.session = session;
    this.simulator = simulator;
    this.screen = screen;
    this.languages = List.copyOf(languages);
  }

  /**
   * @return false for the command that ends the conversation
   */
  boolean run(String line) {
    String[] words = line.split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "/quit", "/exit", "/q" -> {
        return false;
      }
      case "/help", "/?" -> screen.show(HELP);
      case "/state" ->
          screen.show(pretty(Json.write(json -> SimulateLines.writeState(json, session.state()))));
      case "/events" -> events(argument.equals("all"));
      case "/why" ->
          session
              .lastVerdict()
              .ifPresentOrElse(screen::show, () -> screen.note("No answer was graded yet."));
      case "/drills" -> drills();
      case "/start" -> start(argument);
      case "/remind" -> session.remind();
      case "/lang" -> language(argument);
      default -> screen.note("There is no " + words[0] + ". /help shows what there is.");
    }
    return true;
  }

  private void events(boolean all) {
    List<EventBatch> batches = simulator.batches(Session.LEARNER);
    if (batches.isEmpty()) {
      screen.note("Nothing happened yet.");
    }
    int from = all ? 0 : Math.max(0, batches.size() - BATCHES_SHOWN);
    if (from > 0) {
      screen.note("%d earlier batches: /events all".formatted(from));
    }
    for (EventBatch batch : batches.subList(from, batches.size())) {
      screen.show(pretty(EventBatchCodec.encode(batch)));
    }
  }

  private static String pretty(String json) {
    return Json.parse(json).toPrettyString();
  }

  private void drills() {
    if (session.progress().statuses().isEmpty()) {
      screen.note("There are no drills.");
      return;
    }
    int longest =
        session.progress().statuses().keySet().stream()
            .mapToInt(slug -> slug.value().length())
            .max()
            .orElse(0);
    String rows =
        session.progress().statuses().entrySet().stream()
            .map(
                drill ->
                    drill.getKey().value()
                        + " ".repeat(longest - drill.getKey().value().length() + 2)
                        + "%-13s".formatted(MARKS.get(drill.getValue()))
                        + simulator
                            .catalogue()
                            .find(drill.getKey())
                            .map(DrillVersion::drill)
                            .map(drillText -> drillText.name())
                            .orElse(""))
            .collect(Collectors.joining("\n"));
    screen.show(rows);
  }

  private void start(String slug) {
    if (slug.isEmpty()) {
      screen.note("Which drill? /drills shows their slugs.");
      return;
    }
    try {
      session.start(new DrillSlug(slug));
    } catch (IllegalArgumentException e) {
      screen.note(String.valueOf(e.getMessage()));
    }
  }

  private void language(String code) {
    String known = languages.stream().map(Language::code).collect(Collectors.joining(", "));
    if (code.isEmpty()) {
      Language language = session.state().profile().language();
      screen.show(
          "%s (there are %s)".formatted(language == null ? "none chosen yet" : language, known));
      return;
    }
    languages.stream()
        .filter(language -> language.code().equals(code.toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresentOrElse(
            language -> {
              simulator.switchLanguage(Session.LEARNER, language);
              screen.note("Messages are in " + language + " from here on.");
            },
            () -> screen.note("There is no language " + code + "; there are " + known + "."));
  }
}
