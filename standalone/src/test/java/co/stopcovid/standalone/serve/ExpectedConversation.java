package co.stopcovid.standalone.serve;

import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.standalone.simulate.Simulator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a learner is to get for what the learner says: by the engine alone, with everything in
 * memory and one command at a time, and a course that is followed by a rule of its own.
 */
final class ExpectedConversation {
  /** How far the learner is with one drill. */
  private enum Status {
    OPEN,
    STARTED,
    COMPLETED
  }

  private final PhoneNumber phone;
  private final Simulator simulator;
  private final Map<DrillSlug, Status> course = new LinkedHashMap<>();
  private final List<String> texts = new ArrayList<>();
  private long seq;
  private DrillSlug current;

  ExpectedConversation(String phone, Teaching teaching) {
    this.phone = new PhoneNumber(phone);
    this.simulator =
        new Simulator(
            teaching.drills(),
            new InMemoryRegistrationCodes(ServiceUnderTest.CODES),
            teaching.keywords(),
            InstantSource.system(),
            null);
    teaching.drills().all().forEach(drill -> course.put(drill.slug(), Status.OPEN));
    current = course.keySet().iterator().next();
  }

  /**
   * The learner says something.
   *
   * @return whether a drill was started on it, so that what is said next must wait for that
   */
  boolean says(String text) {
    boolean asks = false;
    for (DialogEvent event : handle(new DialogCommand.ReceiveSms(phone, text))) {
      asks |=
          event instanceof DialogEvent.UserValidated
              || event instanceof DialogEvent.NextDrillRequested;
    }
    Optional<DrillSlug> next = first(Status.OPEN).or(() -> first(Status.STARTED));
    if (!asks || next.isEmpty()) {
      return false;
    }
    handle(new DialogCommand.StartDrill(phone, next.get()));
    return true;
  }

  private List<DialogEvent> handle(DialogCommand command) {
    Simulator.Exchange exchange =
        simulator.handle(new SequencedCommand(SequenceNumber.of(++seq), command));
    exchange.messages().forEach(message -> texts.add(String.valueOf(message.body())));
    if (exchange.outcome() instanceof Outcome.Committed committed) {
      committed.batch().events().forEach(this::follow);
      return committed.batch().events();
    }
    return List.of();
  }

  private void follow(DialogEvent event) {
    switch (event) {
      case DialogEvent.UserValidated e -> course.replaceAll((slug, status) -> Status.OPEN);
      case DialogEvent.DrillStarted e -> {
        current = e.drill().slug();
        course.computeIfPresent(
            current, (slug, status) -> status == Status.OPEN ? Status.STARTED : status);
      }
      case DialogEvent.DrillCompleted e -> course.put(current, Status.COMPLETED);
      case DialogEvent.OptedOut e -> {
        if (e.drillInstanceId() != null) {
          course.computeIfPresent(
              current, (slug, status) -> status == Status.STARTED ? Status.OPEN : status);
        }
      }
      default -> {}
    }
  }

  private Optional<DrillSlug> first(Status status) {
    return course.entrySet().stream()
        .filter(drill -> drill.getValue() == status)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  PhoneNumber phone() {
    return phone;
  }

  /** All messages to the learner so far. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  /** The prompt that waits for an answer; empty for none. */
  Optional<String> prompt() {
    CurrentDrill drill = simulator.state(phone).current();
    return Optional.ofNullable(drill)
        .map(CurrentDrill::prompt)
        .map(PromptState::slug)
        .map(Object::toString);
  }

  boolean isFinished() {
    return course.values().stream().allMatch(Status.COMPLETED::equals);
  }

  List<EventBatch> batches() {
    return simulator.batches(phone);
  }

  /** What tells one history from another, save times and ids. */
  static List<String> outline(List<EventBatch> history) {
    return history.stream()
        .map(
            batch ->
                batch.version()
                    + " "
                    + batch.events().stream().map(ExpectedConversation::outline).toList())
        .toList();
  }

  private static String outline(DialogEvent event) {
    String name = event.getClass().getSimpleName();
    return switch (event) {
      case DialogEvent.CompletedPrompt e -> name + " " + e.prompt() + " " + e.response();
      case DialogEvent.FailedPrompt e -> name + " " + e.prompt() + " " + e.response();
      case DialogEvent.AdvancedToNextPrompt e -> name + " " + e.prompt();
      case DialogEvent.DrillStarted e -> name + " " + e.drill().slug();
      default -> name;
    };
  }
}
