package co.stopcovid.standalone.console;

import static co.stopcovid.standalone.console.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.content.ContentFailure;
import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.Undelivered;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PagesTest {
  private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  private static final PhoneNumber BO = new PhoneNumber("+12025550124");
  private static final String ANAS_PAGE = "/console/learners/%2B12025550123";
  private static final String NASTY =
      "<script>alert(\"1\")</script>' \u202eevil\u202c & <img src=x>";

  private ConsoleWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new ConsoleWorld();
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** The tags and attributes that a browser would find are the templates' own. */
  private static void assertHarmless(String page) {
    assertThat(page)
        .doesNotContain("<script>", "<img src=x", "javascript:", "alert(\"1\")</script>")
        .contains("&lt;script");
  }

  @Test
  void theOverviewTellsHowTheServiceDoes() throws Exception {
    world.register(ANA, "Acme", "Ana");
    assertThat(world.page("/console"))
        .contains("works", "answers", "3 min 20 s", "<bdi>Acme</bdi>", "01-soap", "02-masks")
        .contains("<dd>7, for", "<dd>3, 2 due now", "<dd>4</dd>", "<dd>1</dd>", "<dd>5</dd>")
        .contains("<dd>6</dd>", "<dd>8</dd>", "href=\"/console/attention\"");
  }

  @Test
  void theOverviewTellsThatTheNewestDrillsAreRefused() throws Exception {
    assertThat(world.page("/console")).doesNotContain("cannot be taught");
    world.content =
        Optional.of(
            new ContentFailure(world.clock.instant(), "drills/01-soap.yaml:7: error: no answer"));
    assertThat(world.page("/console"))
        .contains("cannot be taught", "drills/01-soap.yaml:7: error: no answer");
  }

  @Test
  void theOverviewTellsOfADatabaseThatWentBack() throws Exception {
    assertThat(world.page("/console")).doesNotContain("became an earlier one");
    world.reversal = Optional.of("positions 4 to 6 of the command log are given out twice");
    assertThat(world.page("/console"))
        .contains("became an earlier one", "positions 4 to 6", "role=\"alert\"");
  }

  @Test
  void theOverviewTellsThatTheProviderRefusesUs() throws Exception {
    assertThat(world.page("/console")).doesNotContain("The provider refuses us");
    world.provider =
        Optional.of(
            new ProviderHold.Refusal("Twilio error 20005: not active", world.clock.instant()));
    assertThat(world.page("/console"))
        .contains("The provider refuses us", "Twilio error 20005: not active", "role=\"alert\"");
  }

  @Test
  void whatWasNotDeliveredIsCountedWithWhatToDo() throws Exception {
    assertThat(world.page("/console/attention")).contains("Nothing waits for you");
    world.undelivered =
        List.of(
            new Undelivered.Count(
                "undelivered, Twilio error 30034: the sender is not registered",
                12,
                9,
                world.clock.instant()));
    assertThat(world.page("/console/attention"))
        .contains("Twilio error 30034", ">12<", ">9<", "link its messaging service to an approved")
        .doesNotContain("Nothing waits for you");
  }

  @Test
  void whoIsSilentIsShownWithWhatTheyGet() throws Exception {
    DrillVersion drill = Samples.drill("01-soap");
    LearnerStory ana = LearnerStory.ofSomeone().registers("Acme").starts(drill);
    world.progress.apply(ana.batches(), List.of(drill.slug()));
    assertThat(world.page("/console/attention")).contains("Nothing waits for you");

    world.progress.apply(ana.starts(drill).batches(), List.of(drill.slug()));
    assertThat(world.page("/console/attention"))
        .contains("Silent learners", ana.phone().value(), ">2<", "one session a week");
    assertThat(world.page("/console/learners/%2B" + ana.phone().value().substring(1)))
        .contains("no reminders, one session a week");
  }

  @Test
  void theOverviewIsThereWithoutADatabase() throws Exception {
    world.backlog = Optional.empty();
    assertThat(world.page("/console")).contains("out of reach", "does not answer");
  }

  @Test
  void learnersAreListedInPagesAndByCompany() throws Exception {
    for (int i = 0; i < 51; i++) {
      world.register(new PhoneNumber("+120255501%02d".formatted(i)), "Acme", "L" + i);
    }
    world.register(new PhoneNumber("+12025550199"), "Söhne & Co", "Bo");
    String first = world.page("/console/learners?company=Acme");
    String more = first.replaceAll("(?s).*<a href=\"([^\"]*after=[^\"]*)\">More.*", "$1");
    String second = world.page(more.replace("&amp;", "&"));
    assertThat(first.split("<tr>")).hasSize(52);
    assertThat(second.split("<tr>")).hasSize(3);
    assertThat(second).doesNotContain(">More<");
    assertThat(world.page("/console/learners?company=S%C3%B6hne%20%26%20Co"))
        .contains("<bdi>Bo</bdi>", "0 of 2", "value=\"Söhne &amp; Co\"")
        .doesNotContain("<bdi>L1</bdi>");
    assertThat(location(world.browser.get("/console/learners?number=%2B12025550123")))
        .isEqualTo(ANAS_PAGE);
    assertThat(world.browser.get("/console/learners?number=123").statusCode()).isEqualTo(400);
    assertThat(world.browser.get("/console/learners?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void whatLearnersWriteStaysText() throws Exception {
    world.register(ANA, NASTY, NASTY);
    world.says(ANA, NASTY, true);
    world.hears(ANA, NASTY, "javascript:alert(1)", new DeliveryState.Parked(1, NASTY));
    world.letters.add(
        List.of(new DeadLetter("commands", NASTY, NASTY, NASTY, world.clock.instant())));
    for (String path : List.of("/console", "/console/learners", ANAS_PAGE, "/console/attention")) {
      assertHarmless(world.page(path));
    }
    assertThat(world.page(ANAS_PAGE))
        .contains("dir=\"auto\"", "<bdi>", "href=\"https://media.example.org/1?a=b&amp;c=d\"");
    assertThat(world.page("/console/phone?number=%22%3E%3Cscript%3E"))
        .contains("value=\"&#34;>&lt;script>\"")
        .doesNotContain("<script>");
  }

  @Test
  void aLearnersPageHasTheConversationBothWays() throws Exception {
    world.register(ANA, "Acme", "Ana");
    world.says(ANA, "acme", false);
    world.hears(
        ANA,
        "Welcome!",
        "https://example.org/1.png",
        new DeliveryState.Failed(null, "no such number"));
    String long16k = "é".repeat(ReceiveSms.MAX_BODY);
    world.says(ANA, long16k, true);
    assertThat(world.page(ANAS_PAGE))
        .containsSubsequence(
            "acme",
            "Welcome!",
            "src=\"https://example.org/1.png\"",
            "not delivered: no such number",
            long16k,
            "no rule fitted");
    assertThat(world.browser.get("/console/learners/%2B12025550166").statusCode()).isEqualTo(404);
    assertThat(world.browser.get("/console/learners/12").statusCode()).isEqualTo(400);
  }

  @Test
  void aLongConversationIsReadInPages() throws Exception {
    for (int i = 0; i < 120; i++) {
      world.says(ANA, "message-%03d.".formatted(i), false);
    }
    String path = ANAS_PAGE;
    for (int last = 119; last >= 0; last -= 50) {
      String page = world.page(path);
      assertThat(page)
          .contains(
              "message-%03d.".formatted(last), "message-%03d.".formatted(Math.max(0, last - 49)))
          .doesNotContain("message-%03d.".formatted(last + 1))
          .doesNotContain("message-%03d.".formatted(Math.max(-1, last - 50)));
      path =
          page.replaceAll("(?s).*<a href=\"([^\"#]*)#conversation\">.*", "$1")
              .replace("&amp;", "&");
    }
  }

  @Test
  void anUnhandledMessageIsSettledOnce() throws Exception {
    SequenceNumber seq = world.says(ANA, "where do I go?", true);
    String action = "/console/attention/unhandled/%2B12025550123/" + seq + "/settle";
    assertThat(world.page("/console/attention"))
        .contains("where do I go?", "action=\"" + action + "\"");
    assertThat(location(world.browser.post(action, "")))
        .isEqualTo("/console/attention?done=SETTLED");
    assertThat(world.page("/console/attention?done=SETTLED"))
        .contains("The message is settled.", "Nothing waits for you.");
    assertThat(world.browser.post(action, "").statusCode()).isEqualTo(404);
  }

  @Test
  void anUnhandledMessageIsAnswered() throws Exception {
    PhoneNumber phone = world.follows(LearnerStory.ofSomeone().registers("Acme"));
    SequenceNumber seq = world.says(phone, "where do I go?", true);
    String action =
        "/console/attention/unhandled/%2B" + phone.value().substring(1) + "/" + seq + "/answer";
    assertThat(world.page("/console/attention")).contains("action=\"" + action + "\"");
    assertThat(location(world.browser.post(action, "message=To+the+%26+door")))
        .isEqualTo("/console/attention?done=ANSWERED");
    assertThat(world.commands.all())
        .containsExactly(
            new DialogCommand.SendAdHocMessage(
                phone, new AdHocText.Message("To the & door"), false, "console"));
    assertThat(world.browser.post(action, "message=again").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsDoneOnALearnersPageIsDoneOnceAndStandsInTheAuditLog() throws Exception {
    LearnerStory story = LearnerStory.ofSomeone().registers("Acme");
    PhoneNumber phone = world.follows(story.starts(Samples.drill("01-soap")));
    String path = "/console/learners/%2B" + phone.value().substring(1);
    assertThat(world.page(path))
        .contains("action=\"" + path + "/message\"", "<option>02-masks</option>", "End the drill");

    assertThat(location(world.browser.post(path + "/message", "message=Good+work!")))
        .isEqualTo(path + "?done=MESSAGE");
    assertThat(world.page(path + "?done=MESSAGE")).contains("The message is on its way.");
    world.browser.post(path + "/drill", "drill=02-masks");
    world.browser.post(path + "/reminder", "");
    world.browser.post(path + "/profile", "entry=name&value=Ana");
    world.browser.post(path + "/reset", "");
    assertThat(world.commands.all())
        .extracting(command -> command.getClass().getSimpleName())
        .containsExactly(
            "SendAdHocMessage", "StartDrill", "TriggerReminder", "UpdateUser", "UpdateUser");
    assertThat(location(world.browser.post(path + "/numbers", "number=%2B12025550177")))
        .isEqualTo(path + "?done=LINK");
    assertThat(location(world.browser.post(path + "/rebuild", ""))).endsWith("done=REBUILD");
    assertThat(world.browser.post(path + "/message", "message=").statusCode()).isEqualTo(400);
    assertThat(world.browser.post(path + "/drill", "drill=99").statusCode()).isEqualTo(400);

    assertThat(world.page("/console/audit"))
        .contains("learners.message", "learners.rebuild", "refused", "console")
        .doesNotContain(phone.value().substring(1))
        .doesNotContain("Good work");
  }

  @Test
  void aPersonDecidesOnWhatIsHeldBack() throws Exception {
    OutboundId ana = world.hears(ANA, "Welcome!", null, new DeliveryState.Parked(1, "in doubt"));
    OutboundId bo = world.hears(BO, "Welcome!", null, new DeliveryState.Parked(1, "in doubt"));
    assertThat(world.page("/console/attention")).contains("held back: in doubt");
    world.browser.post("/console/attention/parked/%2B12025550123/1-0/release", "");
    world.browser.post("/console/attention/parked/%2B12025550124/1-0/drop", "");
    assertThat(world.outbox.find(List.of(ana)).getFirst().state())
        .isInstanceOf(DeliveryState.Queued.class);
    assertThat(world.outbox.find(List.of(bo)).getFirst().state())
        .isInstanceOf(DeliveryState.Failed.class);
    assertThat(
            world
                .browser
                .post("/console/attention/parked/%2B12025550124/1-0/release", "")
                .statusCode())
        .isEqualTo(409);
    assertThat(
            world.browser.post("/console/attention/parked/%2B12025550124/x/drop", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPersonDecidesOnAllOfANumberOrAReasonAtOnce() throws Exception {
    var loop = new DeliveryState.Parked(0, "too many & more");
    List<OutboundId> ana = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ana.add(world.hears(ANA, "Welcome!", null, loop));
    }
    OutboundId bo = world.hears(BO, "Welcome!", null, loop);
    String page = world.page("/console/attention");
    assertThat(page).contains("Send all 3", "<option>too many &amp; more</option>");

    String release = "/console/attention/parked/release";
    assertThat(world.browser.post(release, "number=&reason=").statusCode()).isEqualTo(400);
    String shown = world.clock.instant().toString();
    assertThat(page).contains("name=\"until\" value=\"%s\"".formatted(shown));
    assertThat(world.browser.post(release, "until=" + shown).statusCode()).isEqualTo(400);
    String before = "&until=" + world.clock.instant().minusSeconds(86_400);
    assertThat(world.browser.post(release, "number=%2B12025550123" + before).statusCode())
        .isEqualTo(409);
    assertThat(world.browser.post(release, "number=%2B12").statusCode()).isEqualTo(400);
    assertThat(world.browser.post(release, "number=%2B12025550123&since=x").statusCode())
        .isEqualTo(400);
    world.browser.post(release, "number=%2B12025550123&reason=too+many+%26+more");
    assertThat(world.outbox.find(ana))
        .allSatisfy(entry -> assertThat(entry.state()).isInstanceOf(DeliveryState.Queued.class));
    assertThat(world.browser.post(release, "number=%2B12025550123").statusCode()).isEqualTo(409);
    world.browser.post("/console/attention/parked/drop", "reason=too+many+%26+more");
    assertThat(world.outbox.find(List.of(bo)).getFirst().state())
        .isInstanceOf(DeliveryState.Failed.class);
  }

  @Test
  void aDeadLetterIsProcessedAgainOrDropped() throws Exception {
    String command = CommandCodec.encode(new ReceiveSms(ANA, "soap", Map.of()));
    for (DeadLetter letter :
        List.of(
            new DeadLetter("commands", "17", command, "no drill", world.clock.instant()),
            new DeadLetter("progress", "1", ANA.value(), "stands still", world.clock.instant()))) {
      world.letters.add(List.of(letter));
    }
    assertThat(world.page("/console/attention"))
        .contains("no drill", "dead-letters/1/redrive", "stands still", "dead-letters/2/drop")
        .doesNotContain("dead-letters/2/redrive");
    assertThat(world.browser.post("/console/attention/dead-letters/1/redrive", "").statusCode())
        .isEqualTo(303);
    assertThat(world.commands.all()).hasSize(1);
    assertThat(world.browser.post("/console/attention/dead-letters/2/redrive", "").statusCode())
        .isEqualTo(422);
    assertThat(world.browser.post("/console/attention/dead-letters/2/drop", "").statusCode())
        .isEqualTo(303);
    assertThat(world.browser.post("/console/attention/dead-letters/2/drop", "").statusCode())
        .isEqualTo(404);
    assertThat(world.letters.after(0, 10)).isEmpty();
  }

  @Test
  void thePhoneShowsWhatIsSaidOnIt() throws Exception {
    String page = world.page("/console/phone");
    assertThat(page).contains("value=\"+12025550123\"", "aria-live=\"polite\"");
    String messages = page.replaceAll("(?s).*data-messages=\"([^\"]*)\".*", "$1");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(world.browser.follow(messages).body(), StandardCharsets.UTF_8))) {
      assertThat(until(reader, "event: live")).isNotEmpty();
      var say =
          world
              .browser
              .request(messages)
              .header("Sec-Fetch-Site", "same-origin")
              .header("Idempotency-Key", "k1")
              .POST(BodyPublishers.ofString("{\"text\":\"<b>hello\"}"));
      assertThat(world.browser.send(say).statusCode()).isEqualTo(202);
      assertThat(until(reader, "data: {\"id\"")).contains("<b>hello", "\"direction\":\"inbound\"");
    }
    assertThat(world.commands.all()).hasSize(1);
    assertThat(world.page("/console/phone?number=0123"))
        .contains("role=\"alert\"")
        .doesNotContain("id=\"bubbles\"");
  }

  @Test
  void thePhoneIsForThoseWhoAreSignedIn() throws Exception {
    String messages = "/console/phone/%2B12025550123/messages";
    var foreign =
        world
            .browser
            .request(messages)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString("{\"text\":\"hello\"}"));
    assertThat(world.browser.send(foreign).statusCode()).isEqualTo(401);
    world.clock.advance(Duration.ofHours(13));
    assertThat(world.browser.get(messages).statusCode()).isEqualTo(401);
    assertThat(world.commands.all()).isEmpty();
  }

  private static String until(BufferedReader reader, String beginning) throws Exception {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended before " + beginning);
  }
}
