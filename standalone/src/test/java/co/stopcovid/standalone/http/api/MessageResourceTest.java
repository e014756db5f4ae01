package co.stopcovid.standalone.http.api;

import static co.stopcovid.standalone.http.api.CommandResourceTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class MessageResourceTest {
  private static final PhoneNumber ANA = new PhoneNumber("+12025550101");
  private static final String PARKED = "/messages/parked/+12025550101/";

  private final ApiServer server = new ApiServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static Instant at(long seconds) {
    return Samples.NOON.plusSeconds(seconds);
  }

  private void received(long seq, long second, String body, boolean unhandled) {
    server.messages.receive(
        List.of(
            new ReceivedMessage(
                ANA, SequenceNumber.of(seq), at(second), "SM" + seq, body, List.of(), unhandled)));
  }

  /** Messages that were called for at once, as a batch's are. */
  private void queued(long version, long second, DeliveryState... states) {
    SmsCursor initial = SmsCursor.initial(ANA);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < states.length; i++) {
      entries.add(
          new LedgerEntry(
              new OutboundId(ANA, version, i),
              MessageKind.REPLY,
              new OutboundMessage("out %d-%d".formatted(version, i), null),
              Set.of(ZoneId.of("UTC")),
              at(second),
              at(second),
              at(second + 3_600),
              null,
              states[i],
              at(second + i),
              0));
    }
    var cursor =
        new SmsCursor(ANA, version, null, initial.lastDue(), initial.optedOut(), initial.traffic());
    assertThat(
            server.queue.commit(
                List.of(new SmsCommit(version - 1, cursor, new SmsCommit.Earlier.Kept(), entries))))
        .isEmpty();
  }

  private static List<String> bodies(List<JsonNode> messages) {
    return messages.stream().map(message -> message.get("body").stringValue()).toList();
  }

  @Test
  void aConversationHasEveryMessageOnceHoweverItIsPaged() {
    received(1, 0, "in 1", false);
    queued(1, 1, new DeliveryState.Delivered("SM9"), DeliveryState.Queued.NEW);
    received(2, 1, "in 2", false);
    queued(
        2,
        2,
        DeliveryState.Queued.NEW,
        new DeliveryState.Failed(null, "refused"),
        new DeliveryState.Parked(0, "a limit"));

    List<JsonNode> whole = server.all("/learners/+12025550101/messages", 100);
    assertThat(bodies(whole))
        .containsExactlyInAnyOrder(
            "in 1", "out 1-0", "out 1-1", "in 2", "out 2-0", "out 2-1", "out 2-2");
    assertThat(bodies(whole).getLast()).isEqualTo("in 1");
    for (int limit = 1; limit < 8; limit++) {
      assertThat(server.all("/learners/+12025550101/messages", limit)).isEqualTo(whole);
    }
    assertThat(whole)
        .extracting(message -> message.at("/state").asString(""))
        .contains("DELIVERED", "QUEUED", "FAILED", "PARKED");
    assertThat(server.all("/learners/+12025550199/messages", 5)).isEmpty();
  }

  @Test
  void whatNoRuleFittedIsSettledOnce() {
    received(7, 0, "what is this?", true);
    received(8, 0, "and this?", true);
    received(9, 0, "b", false);

    assertThat(bodies(server.all("/messages/unhandled", 1)))
        .containsExactly("what is this?", "and this?");
    String settle = "/messages/unhandled/+12025550101/7/settle";
    assertThat(server.post(settle, "").statusCode()).isEqualTo(204);
    assertProblem(server.post(settle, ""), 404, "unhandled");
    assertThat(bodies(server.all("/messages/unhandled", 1))).containsExactly("and this?");
    assertProblem(server.post("/messages/unhandled/+12025550101/x/settle", ""), 400, "seq");
    assertProblem(server.post("/messages/unhandled/1/7/settle", ""), 400, "phone");
  }

  @Test
  void aParkedMessageIsReleasedOrDropped() {
    queued(
        1,
        0,
        new DeliveryState.Parked(0, "a limit"),
        new DeliveryState.Parked(1, "a limit"),
        new DeliveryState.Parked(2, "a limit"),
        DeliveryState.Queued.NEW);
    List<JsonNode> parked = server.all("/messages/parked", 2);
    assertThat(parked)
        .extracting(message -> message.get("id").stringValue())
        .containsExactly("1-0", "1-1", "1-2");

    assertThat(server.post(PARKED + "1-0/release", "").statusCode()).isEqualTo(204);
    assertThat(server.post(PARKED + "1-1/drop", "").statusCode()).isEqualTo(204);
    assertProblem(server.post(PARKED + "1-0/release", ""), 409, "not held back");
    assertProblem(server.post(PARKED + "1-3/drop", ""), 409, "not held back");
    assertProblem(server.post(PARKED + "9-9/drop", ""), 404, "message");
    assertProblem(server.post(PARKED + "x/drop", ""), 400, "id");
    server.clock.advance(Duration.ofHours(2));
    assertProblem(server.post(PARKED + "1-2/release", ""), 409, "too late");

    assertThat(server.ledger.due(server.clock.instant(), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.id().token()).isEqualTo("1-0"));
    assertThat(bodies(server.all("/messages/parked", 5))).containsExactly("out 1-2");
  }

  private static DeliveryState[] parked(int count, String reason) {
    return Collections.nCopies(count, new DeliveryState.Parked(0, reason))
        .toArray(DeliveryState[]::new);
  }

  @Test
  void whatIsHeldBackIsOneRowANumberReasonAndSpan() {
    queued(1, 0, parked(3, "a limit"));
    queued(2, 3_000, parked(2, "a limit"));
    queued(3, 8_000, parked(1, "a limit"));
    queued(4, 8_000, new DeliveryState.Parked(1, "in doubt"));
    server.clock.advance(Duration.ofHours(1));

    List<JsonNode> windows = server.all("/messages/parked/windows", 2);
    assertThat(windows)
        .extracting(window -> window.get("messages").asInt())
        .containsExactly(5, 1, 1);
    assertThat(windows)
        .extracting(window -> window.get("in_doubt").asInt())
        .containsExactly(0, 0, 1);
    assertThat(windows.getFirst().get("too_late").asInt()).isEqualTo(3);
    assertThat(windows.getFirst().at("/first/id").stringValue()).isEqualTo("1-0");
    assertThat(server.all("/messages/parked/windows?phone_number=%2B12025550199", 2)).isEmpty();
  }

  @Test
  void manyAreReleasedOrDroppedByWhatTheyHaveInCommon() {
    queued(1, 0, parked(3, "a limit"));
    queued(2, 3_000, parked(2, "a limit"));
    queued(3, 8_000, parked(2, "another"));
    server.clock.advance(Duration.ofMinutes(150));
    String window =
        "{\"phone_number\":\"+12025550101\",\"reason\":\"a limit\",\"until\":\"%s\"}"
            .formatted(at(3_000));

    assertThat(server.post("/messages/parked/release", window).body())
        .isEqualTo("{\"messages\":0,\"too_late\":4,\"more\":false}");
    assertThat(server.post("/messages/parked/drop", window).body())
        .isEqualTo("{\"messages\":4,\"too_late\":0,\"more\":false}");
    assertThat(bodies(server.all("/messages/parked", 5)))
        .containsExactly("out 2-1", "out 3-0", "out 3-1");
    assertThat(server.post("/messages/parked/release", "{\"all\":true}").body())
        .isEqualTo("{\"messages\":2,\"too_late\":1,\"more\":false}");
    assertThat(server.ledger.due(server.clock.instant(), 10))
        .singleElement()
        .satisfies(due -> assertThat(due.id().token()).isEqualTo("3-0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"all\":false}",
        "{\"all\":true,\"reason\":\"a limit\"}",
        "{\"phone\":\"+12025550101\"}",
        "{\"phone_number\":\"12\"}",
        "{\"since\":\"2026-11-22T10:15:30Z\",\"until\":\"2026-11-22T10:15:29Z\"}",
        "[]",
      })
  void nobodyMeansAllByAccident(String body) {
    queued(1, 0, parked(1, "a limit"));
    for (String decision : List.of("release", "drop")) {
      assertThat(server.post("/messages/parked/" + decision, body).statusCode()).isEqualTo(400);
    }
    assertThat(server.all("/messages/parked", 5)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WyI5MjIzMzcyMDM2ODU0Nzc1ODA3IiwiMSJd",
        "WyItMSIsIjEiLCIxIl0",
        "WyIwIiwiOTk5OTk5Il0",
        "WzEsMl0",
        "e30",
        "W10",
        "!!!",
        "WyJcdTAwMDAiLCIxIiwiMSJd",
      })
  void aCursorThatNobodyGaveIsRefused(String cursor) {
    for (String path :
        new String[] {
          "/learners/+12025550101/messages",
          "/messages/unhandled",
          "/messages/parked",
          "/messages/parked/windows"
        }) {
      assertProblem(server.get(path + "?after=" + cursor), 400, "after");
    }
  }
}
