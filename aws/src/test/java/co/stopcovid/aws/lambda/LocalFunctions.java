package co.stopcovid.aws.lambda;

import co.stopcovid.aws.local.EventSource;
import co.stopcovid.aws.local.LocalContext;
import co.stopcovid.aws.local.LocalStage;
import co.stopcovid.aws.local.Schedule;
import co.stopcovid.sms.SmsGateway;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All functions of a stage, put together as Lambda's are, with the sources that call them. */
public final class LocalFunctions {
  private static final int BATCH = 100;

  /** Sooner than in a deployed stage, since somebody may be watching. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final LocalTime NEXT_DRILLS = LocalTime.of(17, 5);

  private final LocalStage stage;
  private final InstantSource clock;
  private final WebhookFunction webhook;
  private final List<EventSource> sources = new ArrayList<>();

  /**
   * @param more of the functions' environment, above what the stage says
   * @param gateway sends the messages
   */
  public LocalFunctions(
      LocalStage stage, Map<String, String> more, InstantSource clock, SmsGateway gateway) {
    this.stage = stage;
    this.clock = clock;
    var composition = new Composition(stage.config(more), stage.clients(), clock, gateway);
    webhook = new WebhookFunction(composition.webhook());
    streams(composition);
    queues(composition);
    registration(composition);
    schedules(composition);
  }

  private void streams(Composition composition) {
    var settings = LocalStage.streamSettings(BATCH);
    sources.add(
        stage.commands(
            settings, LocalContext.calling(new CommandFunction(composition.commands()))));
    sources.add(
        stage.events(settings, LocalContext.calling(new MessageDistributorFunction(composition))));
    sources.add(stage.events(settings, LocalContext.calling(new ProgressFunction(composition))));
  }

  private void queues(Composition composition) {
    sources.add(
        stage.messages(
            LocalStage.OUTBOUND,
            RETRY_AFTER,
            LocalContext.calling(new SenderFunction(composition))));
    sources.add(
        stage.messages(
            LocalStage.WAKE,
            RETRY_AFTER,
            LocalContext.calling(new SendDueFunction(composition.sending()))));
    sources.add(
        stage.messages(
            LocalStage.DELIVERY_REPORTS,
            RETRY_AFTER,
            LocalContext.calling(new DeliveryReportFunction(composition.deliveryReports()))));
    sources.add(
        stage.messages(
            LocalStage.MESSAGE_LOG,
            RETRY_AFTER,
            LocalContext.calling(new MessageLogFunction(composition.messageLog()))));
  }

  private void registration(Composition composition) {
    sources.add(
        stage.messages(
            LocalStage.CODES,
            RETRY_AFTER,
            LocalContext.calling(new RegistrationFunction(composition.waitingCommands()))));
  }

  private void schedules(Composition composition) {
    sources.add(Schedule.every(MINUTE, clock, stage::wakeSender));
    sources.add(every(MINUTE, new InitiatorFunction(composition.startDue())));
    sources.add(every(MINUTE, new EnrolFunction(composition.enrolment())));
    sources.add(every(MINUTE, new WaitingCommandsFunction(composition.waitingCommands())));
    sources.add(every(Duration.ofMinutes(5), new ReminderFunction(composition.reminders())));
    var nextDrills = new NextDrillFunction(composition);
    sources.add(Schedule.daily(NEXT_DRILLS, clock, calling(nextDrills, Map.of())));
    sources.add(
        Schedule.every(Duration.ofMinutes(5), clock, calling(nextDrills, Map.of("chosen", true))));
  }

  private Schedule every(Duration time, RequestHandler<Map<String, Object>, Integer> function) {
    return Schedule.every(time, clock, calling(function, Map.of()));
  }

  private static Runnable calling(
      RequestHandler<Map<String, Object>, Integer> function, Map<String, Object> event) {
    var call = LocalContext.calling(function);
    return () -> {
      var done = call.apply(event);
      if (done == null) {
        throw new IllegalStateException("a function of a schedule says how much it did");
      }
    };
  }

  /** What Twilio calls. */
  public WebhookFunction webhook() {
    return webhook;
  }

  public List<EventSource> sources() {
    return List.copyOf(sources);
  }
}
