package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.content.WatchedFolder;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service while an author changes the content folder under it. */
final class ContentChangeTest {
  private static final String ANA = "+12025550123";
  private static final String BEN = "+12025550124";
  private static final String ROWS =
      "select count(*) from drill_statuses s join phone_numbers p using (user_id)"
          + " where s.drill_slug = '02-masks' and p.phone = '"
          + ANA
          + "'";

  @TempDir Path folder;

  /** The course with or without its second drill. */
  private void write(String question, boolean hasMasks) throws IOException {
    String first = drill("01-soap", question, "You have done it.");
    String second = drill("02-masks", "Do you wear a mask? Reply yes or no.", "Well done.");
    Files.writeString(
        folder.resolve("drills.json"), "{" + first + (hasMasks ? "," + second : "") + "}");
  }

  private static String drill(String slug, String question, String end) {
    return """
        "SLUG": {"name": "A drill", "slug": "SLUG", "prompts": [
          {"slug": "question", "messages": [{"text": "QUESTION"}], "correct_response": "yes"},
          {"slug": "end", "messages": [{"text": "END"}]}]}"""
        .replace("SLUG", slug)
        .replace("QUESTION", question)
        .replace("END", end);
  }

  private ServiceUnderTest start() {
    var languages = BuiltInLanguages.load();
    var clock = new TestClock(ServiceUnderTest.MORNING);
    return ServiceUnderTest.start(
        clock, new Teaching(new WatchedFolder(folder, languages, clock), languages));
  }

  @Test
  void aChangeReachesLearnersWithoutARestartAndNeverThoseInADrill() throws Exception {
    write("Do you use soap? Reply yes or no.", false);
    try (ServiceUnderTest service = start()) {
      service.exchange(ANA, "acme", "Do you use soap?");

      write("Do you always use soap? Reply yes or no.", true);
      Waiting.until("she has a row for the new drill", () -> service.number(ROWS) == 1);
      service.exchange(BEN, "acme", "Do you always use soap?");
      service.exchange(ANA, "no", "");
      service.exchange(ANA, "yes", "", "You have done it.");
      service.exchange(ANA, "more", "Do you wear a mask?");

      Files.writeString(folder.resolve("drills.json"), "{\n \"01-soap\": {\"name\": 7}");
      Waiting.until(
          "readiness tells", () -> service.get("/health/ready").body().contains("\"refused\""));
      assertThat(service.get("/health/ready").statusCode()).as("it goes on").isEqualTo(200);
      assertThat(service.get("/metrics").body()).contains("dialog_content_refused 1.0");
      service.exchange("+12025550125", "acme", "Do you always use soap?");

      write("Do you ever use soap? Reply yes or no.", true);
      Waiting.until(
          "readiness tells", () -> service.get("/health/ready").body().contains("\"newest\""));
      service.exchange("+12025550126", "acme", "Do you ever use soap?");
    }
  }
}
