package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.authoring.Course;
import co.stopcovid.adapters.authoring.CourseReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SampleCourseLintTest {
  @Test
  void theSampleCourseIsAsGoodAsWeAskOthersToBe() {
    Course course = CourseReader.read(Path.of(System.getProperty("project.root"), "content"));
    assertThat(LintReport.text(course, CourseLint.check(course, Lesson.TABLES)))
        .isEqualTo("4 drills: no findings\n");
  }
}
