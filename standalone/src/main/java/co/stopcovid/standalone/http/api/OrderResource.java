package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.Fields;
import co.stopcovid.adapters.json.ProfileChangesCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Orders;
import co.stopcovid.desk.Person;
import co.stopcovid.desk.Result;
import co.stopcovid.drills.DrillSlug;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a learner's dialog is told to do: each becomes a command, whose number is answered. */
public final class OrderResource implements Resource {
  private static final int LARGEST_BODY = 20_000;
  private static final String LEARNER = "/learners/{phone}";

  private final Orders orders;

  public OrderResource(Orders orders) {
    this.orders = orders;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(LEARNER + "/messages", this::sendMessage),
        Route.post(LEARNER + "/drill", this::startDrill),
        Route.post(LEARNER + "/reminder", call -> taken(call, orders::remind)),
        Route.patch(LEARNER + "/profile", this::correct),
        Route.post(LEARNER + "/reset", call -> taken(call, orders::reset)));
  }

  private Reply sendMessage(Call call) throws IOException {
    String message = body(call).only("message").text("message");
    return taken(call, (by, phone, key) -> orders.sendMessage(by, phone, message, key));
  }

  private static Fields body(Call call) throws IOException {
    return Fields.of(Request.json(call, LARGEST_BODY), "the body");
  }

  private Reply startDrill(Call call) throws IOException {
    DrillSlug drill =
        body(call).only("drill_slug").value("drill_slug", "the slug of a drill", DrillSlug::new);
    return taken(call, (by, phone, key) -> orders.startDrill(by, phone, drill, key));
  }

  private Reply correct(Call call) throws IOException {
    var changes = ProfileChangesCodec.read(body(call).only("changes"));
    return taken(call, (by, phone, key) -> orders.correct(by, phone, changes, key));
  }

  /** One of the orders. */
  private interface Order {
    Result<SequenceNumber> give(Person by, PhoneNumber phone, @Nullable String key);
  }

  private static Reply taken(Call call, Order order) {
    String key = CommandResource.prefixed(CommandResource.key(call));
    return CommandResource.taken(Reply.value(order.give(call.by(), Request.phone(call), key)));
  }
}
