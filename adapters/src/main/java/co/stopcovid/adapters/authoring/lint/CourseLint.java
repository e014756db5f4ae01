package co.stopcovid.adapters.authoring.lint;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.Place;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.Drill;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.sms.MessageWriter;
import java.util.ArrayList;
import java.util.List;

/** Checks a whole course, in all supported languages. */
public final class CourseLint {
  private final Inspection inspection;

  private CourseLint(Inspection inspection) {
    this.inspection = inspection;
  }

  public static List<Finding> check(Course course, LanguageTables tables) {
    return check(course, tables, LintOptions.DEFAULT);
  }

  /** All findings, those of reading the course too, by file and line. */
  public static List<Finding> check(Course course, LanguageTables tables, LintOptions options) {
    return new CourseLint(new Inspection(course, tables, options)).check();
  }

  private List<Finding> check() {
    if (inspection.drills().isEmpty() && inspection.course().findings().isEmpty()) {
      inspection.error(
          new Place("content", 0, ""), "there is no drill", "add a drill, see content/README.md");
    }
    new LabelChecks(inspection).run();
    new TemplateChecks(inspection).run();
    new DrillChecks(inspection).run();
    List<DrillVersion> versions = versions();
    new LengthChecks(inspection).run(versions);
    for (DrillVersion version : versions) {
      new AnswerChecks(inspection, version).run();
      new FeedbackChecks(inspection, version).run();
      new KeywordChecks(inspection, version).run();
      new LanguagePromptChecks(inspection, version).run();
    }
    walk(versions);
    return inspection.findings();
  }

  /** Those drills whose texts are good enough to look closer. */
  private List<DrillVersion> versions() {
    List<DrillVersion> versions = new ArrayList<>();
    for (Drill drill : inspection.drills()) {
      try {
        DrillVersion version =
            DrillVersion.of(drill, inspection.course().translations(), inspection.tables());
        inspection.languages().forEach(version::in);
        versions.add(version);
      } catch (ContentException | IllegalArgumentException e) {
        unpublishable(inspection.place(drill), e);
      }
    }
    return versions;
  }

  private void walk(List<DrillVersion> versions) {
    try {
      var texts = new EngineTexts(inspection.course().translations(), inspection.tables());
      var writer = new MessageWriter(texts);
      versions.forEach(version -> new DialogWalk(inspection, version, writer).run());
    } catch (ContentException | IllegalArgumentException e) {
      unpublishable(new Place("content", 0, ""), e);
    }
  }

  /** Publishing refuses what some check above should have explained better. */
  private void unpublishable(Place place, RuntimeException e) {
    if (!inspection.hasErrors()) {
      inspection.error(place, String.valueOf(e.getMessage()), "mend it: it cannot be published");
    }
  }
}
