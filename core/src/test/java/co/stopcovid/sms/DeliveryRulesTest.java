package co.stopcovid.sms;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.sms.DeliveryEvent.Accepted;
import co.stopcovid.sms.DeliveryEvent.AskedInVain;
import co.stopcovid.sms.DeliveryEvent.Cancelled;
import co.stopcovid.sms.DeliveryEvent.Claimed;
import co.stopcovid.sms.DeliveryEvent.Doubted;
import co.stopcovid.sms.DeliveryEvent.Expired;
import co.stopcovid.sms.DeliveryEvent.FoundMissing;
import co.stopcovid.sms.DeliveryEvent.GivenUp;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryEvent.PutOff;
import co.stopcovid.sms.DeliveryEvent.Refused;
import co.stopcovid.sms.DeliveryEvent.Released;
import co.stopcovid.sms.DeliveryEvent.Reported;
import co.stopcovid.sms.DeliveryState.Delivered;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.DeliveryState.Parked;
import co.stopcovid.sms.DeliveryState.Queued;
import co.stopcovid.sms.DeliveryState.Sending;
import co.stopcovid.sms.DeliveryState.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeliveryRulesTest {
  private static final Map<String, DeliveryState> STATES = new LinkedHashMap<>();
  private static final Map<String, DeliveryEvent> EVENTS = new LinkedHashMap<>();

  static {
    STATES.put("new", new Queued(0, 0));
    STATES.put("queued", new Queued(1, 0));
    STATES.put("missing", new Queued(1, 1));
    STATES.put("sending", new Sending(1, 0, 7));
    STATES.put("cancelled", new Sending(1, 0, 7, "no"));
    STATES.put("answered", new Sending(1, 0, Sending.ANSWERED));
    STATES.put("noanswer", new Sending(1, 0, Sending.ANSWERED, "no"));
    STATES.put("again", new Sending(2, 1, 7));
    STATES.put("first", new Sending(1, 0, 7));
    STATES.put("second", new Sending(2, 0, 7));
    STATES.put("sent", new Sent("SM1"));
    STATES.put("sent2", new Sent("SM2"));
    STATES.put("delivered", new Delivered("SM1"));
    STATES.put("delivered2", new Delivered("SM2"));
    STATES.put("failed", new Failed("SM1", "off"));
    STATES.put("failed2", new Failed("SM2", "off"));
    STATES.put("refused", new Failed(null, "no"));
    STATES.put("expired", new Failed(null, DeliveryRules.EXPIRED));
    STATES.put("limited", new Parked(0, "why"));
    STATES.put("parked", new Parked(1, "why"));
    STATES.put("parked2", new Parked(2, "why"));

    EVENTS.put("claimed", new Claimed(7));
    EVENTS.put("putoff", new PutOff());
    EVENTS.put("doubted", new Doubted());
    EVENTS.put("vain", new AskedInVain());
    EVENTS.put("missing", new FoundMissing());
    EVENTS.put("accepted", new Accepted("SM1"));
    EVENTS.put("refused", new Refused("no"));
    EVENTS.put("expired", new Expired());
    EVENTS.put("cancelled", new Cancelled("no"));
    EVENTS.put("givenup", new GivenUp("why"));
    EVENTS.put("released", new Released());
    EVENTS.put("SENT", new Reported("SM1", Progress.SENT, ""));
    EVENTS.put("DELIVERED", new Reported("SM1", Progress.DELIVERED, ""));
    EVENTS.put("FAILED", new Reported("SM1", Progress.FAILED, "off"));
    EVENTS.put("SENT2", new Reported("SM2", Progress.SENT, ""));
    EVENTS.put("DELIVERED2", new Reported("SM2", Progress.DELIVERED, ""));
    EVENTS.put("FAILED2", new Reported("SM2", Progress.FAILED, "off"));
  }

  /** Rows: state, then what each event makes of it; - where it cannot happen, = for no change. */
  private static final String TABLE =
      """
      state     claimed putoff  doubted  vain missing accepted refused expired cancelled givenup  released SENT   DELIVERED FAILED  SENT2 DELIVERED2 FAILED2
      new       first   =       -        -    -       -        -       expired refused   limited  -        -      -         -       -     -          -
      queued    second  =       -        -    -       sent     -       expired refused   parked   -        sent   delivered failed  sent2 delivered2 failed2
      missing   again   =       -        -    -       sent     -       expired refused   parked   -        sent   delivered failed  sent2 delivered2 failed2
      sending   -       queued  answered =    missing sent     refused -       cancelled parked   -        sent   delivered failed  sent2 delivered2 failed2
      cancelled -       refused noanswer =    refused sent     refused -       =         refused  -        sent   delivered failed  sent2 delivered2 failed2
      sent      -       -       -        -    -       =        -       -       -         -        -        =      delivered failed  =     delivered2 =
      delivered -       -       -        -    -       =        -       -       -         -        -        =      =         =       =     =          =
      failed    -       -       -        -    -       =        -       -       -         -        -        =      delivered =       =     delivered2 =
      refused   -       -       -        -    -       sent     -       -       -         -        -        sent   delivered failed  sent2 delivered2 failed2
      limited   -       -       -        -    -       sent     -       -       refused   -        new      -      -         -       -     -          -
      parked    -       -       -        -    -       sent     -       -       refused   -        queued   sent   delivered failed  sent2 delivered2 failed2
      """;

  private static DeliveryState state(String name) {
    return Objects.requireNonNull(STATES.get(name), name);
  }

  private static DeliveryEvent event(String name) {
    return Objects.requireNonNull(EVENTS.get(name), name);
  }

  static Stream<List<String>> rows() {
    List<List<String>> rows = TABLE.lines().map(line -> List.of(line.trim().split(" +"))).toList();
    assertThat(rows.getFirst()).containsAll(EVENTS.keySet());
    return rows.stream().skip(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyEventInEveryState(List<String> row) {
    List<String> header = Arrays.asList(TABLE.lines().findFirst().orElseThrow().trim().split(" +"));
    assertThat(row).hasSameSizeAs(header);
    DeliveryState state = state(row.getFirst());
    for (int i = 1; i < row.size(); i++) {
      Optional<DeliveryState> expected =
          switch (row.get(i)) {
            case "-" -> Optional.empty();
            case "=" -> Optional.of(state);
            default -> Optional.of(state(row.get(i)));
          };
      assertThat(DeliveryRules.next(state, event(header.get(i))))
          .as("%s on %s", header.get(i), row.getFirst())
          .isEqualTo(expected);
    }
  }

  @Test
  void theTableHasEveryKindOfStateAndEvent() {
    Set<Class<?>> states = new HashSet<>();
    rows().forEach(row -> states.add(state(row.getFirst()).getClass()));
    assertThat(states).containsExactlyInAnyOrder(DeliveryState.class.getPermittedSubclasses());
    Set<Class<?>> events = new HashSet<>();
    EVENTS.values().forEach(event -> events.add(event.getClass()));
    assertThat(events).containsExactlyInAnyOrder(DeliveryEvent.class.getPermittedSubclasses());
  }

  /** Reports may come in any order and repeatedly; the end is the same. */
  @Test
  void theOrderOfReportsDoesNotMatter() {
    List<DeliveryEvent> events =
        List.of(
            new Accepted("SM1"),
            new Reported("SM1", Progress.SENT, ""),
            new Reported("SM1", Progress.SENT, ""),
            new Reported("SM1", Progress.DELIVERED, ""),
            new Reported("SM1", Progress.DELIVERED, ""));
    List<List<DeliveryEvent>> orders = new ArrayList<>();
    permute(new ArrayList<>(events), 0, orders);
    for (List<DeliveryEvent> order : orders) {
      DeliveryState state = new Sending(1, 0, 7);
      for (DeliveryEvent event : order) {
        state = DeliveryRules.next(state, event).orElseThrow();
      }
      assertThat(state).as("%s", order).isEqualTo(new Delivered("SM1"));
    }
  }

  private static void permute(
      List<DeliveryEvent> events, int from, List<List<DeliveryEvent>> orders) {
    if (from == events.size()) {
      orders.add(List.copyOf(events));
    }
    for (int i = from; i < events.size(); i++) {
      Collections.swap(events, from, i);
      permute(events, from + 1, orders);
      Collections.swap(events, from, i);
    }
  }
}
