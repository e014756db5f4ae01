package co.stopcovid.adapters.content;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.authoring.Finding;
import co.stopcovid.adapters.authoring.lint.CourseLint;
import co.stopcovid.adapters.authoring.lint.LintReport;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.PublishedDrills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A course that was checked before anybody is taught from it. */
public final class CheckedCourse {
  private CheckedCourse() {}

  /**
   * Reads and checks the content of a folder.
   *
   * @throws ContentException with the findings, the errors first, when it cannot be taught from
   */
  public static PublishedDrills read(Path folder, LanguageTables languages) {
    Course course = CourseReader.read(folder);
    List<Finding> findings = new ArrayList<>(CourseLint.check(course, languages));
    if (findings.stream().anyMatch(CheckedCourse::isError)) {
      findings.sort((one, other) -> Boolean.compare(isError(other), isError(one)));
      throw new ContentException(LintReport.text(course, findings));
    }
    return course.publish(languages);
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Finding.Severity.ERROR;
  }
}
