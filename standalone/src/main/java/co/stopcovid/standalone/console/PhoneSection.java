package co.stopcovid.standalone.console;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.standalone.phone.PhoneRoutes;
import co.stopcovid.standalone.phone.SimulatedPhones;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The simulated phone, for deployments without a provider. */
public final class PhoneSection implements Section {
  private static final String PATH = "/console/phone";
  private static final String MESSAGES = PATH + "/{number}/messages";
  private static final String EXAMPLE = "+12025550123";

  private final SimulatedPhones phones;
  private final CommandStream commands;
  private final MessageLog log;
  private final InstantSource clock;

  public PhoneSection(
      SimulatedPhones phones, CommandStream commands, MessageLog log, InstantSource clock) {
    this.phones = phones;
    this.commands = commands;
    this.log = log;
    this.clock = clock;
  }

  /**
   * What the page shows.
   *
   * @param number as it was given
   * @param problem with it; empty when there is none
   * @param messages where the conversation is; empty when there is a problem
   */
  record View(String number, String problem, String messages) {}

  @Override
  public Link link() {
    return new Link("Phone", PATH);
  }

  @Override
  public List<Step> steps() {
    return List.of(Step.show(PATH, PhoneSection::show));
  }

  @Override
  public void register(JavalinConfig config, Predicate<Context> mayUse) {
    new PhoneRoutes(phones, commands, log, mayUse, clock).register(config, MESSAGES);
  }

  private static Answer show(Context context) {
    return new Answer.Show("phone.jte", "Phone", view(context.queryParam("number")));
  }

  private static View view(@Nullable String given) {
    String number = given == null ? EXAMPLE : given.strip();
    try {
      String path = Given.encode(new PhoneNumber(number).value());
      return new View(number, "", MESSAGES.replace("{number}", path));
    } catch (IllegalArgumentException e) {
      return new View(number, "A number is written like +12025550123.", "");
    }
  }
}
