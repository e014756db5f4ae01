package co.stopcovid.testkit.simulation;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.Decision;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Facts;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.Question;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after any schedule. Each learner's log is decided again by the rules alone, one
 * command after another, as if nothing had ever gone wrong: that is the reference. The only thing
 * that may differ from it is what an opt-out settled: commands that waited because the registration
 * service was silent, from the one that had to ask it up to the opt-out that overtook them.
 */
final class Checker {
  private final CommandLog log;
  private final SimulationSubject.Stores stores;
  private final SimulatedRegistration registration;
  private final Observations observations;
  private final Trace trace;
  private final Set<UUID> ids = new HashSet<>();
  private final Set<SequenceNumber> rejected = new HashSet<>();
  private final Map<PhoneNumber, List<EventBatch>> histories = new HashMap<>();

  Checker(
      CommandLog log,
      SimulationSubject.Stores stores,
      SimulatedRegistration registration,
      Observations observations,
      Trace trace) {
    this.log = log;
    this.stores = stores;
    this.registration = registration;
    this.observations = observations;
    this.trace = trace;
  }

  void check() {
    for (PhoneNumber learner : log.learners()) {
      List<EventBatch> batches = stores.history().after(learner, 0, 10_000);
      histories.put(learner, batches);
      checkOrder(learner, batches);
      checkIds(batches);
      DialogState state = checkAgainstReference(learner, batches);
      DialogState stored = stores.dialogs().load(Set.of(learner)).get(learner);
      hold(
          state.equals(stored),
          "{}: stored is {}, but the events lead to {}",
          learner,
          stored,
          state);
    }
    checkOutcomes();
    checkDeadLetters();
  }

  /**
   * Versions without a gap, numbers rising, and each the number of one of the learner's commands.
   */
  private void checkOrder(PhoneNumber learner, List<EventBatch> batches) {
    Set<SequenceNumber> own = new HashSet<>();
    log.of(learner).forEach(command -> own.add(command.seq()));
    EventBatch before = null;
    for (EventBatch batch : batches) {
      long version = before == null ? 1 : before.version() + 1;
      hold(batch.version() == version, "{}: no version {}, but {}", learner, version, batch);
      hold(batch.phone().equals(learner), "{} has a batch of {}", learner, batch.phone());
      hold(own.contains(batch.seq()), "{} never sent {}", learner, batch.seq());
      hold(
          before == null || batch.seq().isAbove(before.seq()),
          "{}: {} stands behind {}",
          learner,
          batch,
          before);
      before = batch;
    }
  }

  private void checkIds(List<EventBatch> batches) {
    List<DrillVersion> started = new ArrayList<>();
    for (EventBatch batch : batches) {
      hold(
          batch.id().equals(DerivedId.of(batch.phone(), batch.seq(), "batch"))
              && ids.add(batch.id()),
          "batch id of {}",
          batch);
      for (int i = 0; i < batch.events().size(); i++) {
        hold(
            batch.eventId(i).equals(DerivedId.of(batch.phone(), batch.seq(), "event " + i))
                && ids.add(batch.eventId(i)),
            "id of event {} of {}",
            i,
            batch);
        if (batch.events().get(i) instanceof DialogEvent.DrillStarted start) {
          UUID derived = DerivedId.of(batch.phone(), batch.seq(), "drill instance");
          hold(start.drillInstanceId().equals(derived), "drill instance id of {}", batch);
          hold(SimulatedContent.wasPublished(start.drill()), "never published: {}", start.drill());
          started.add(start.drill());
        } else if (batch.events().get(i) instanceof DialogEvent.DrillCompleted) {
          trace.add(Incident.DRILL_COMPLETED);
        }
      }
    }
    Set<String> wanted = SimulatedContent.ids(started);
    hold(
        stores.drillVersions().get(wanted).keySet().equals(wanted),
        "not all are stored: {}",
        wanted);
  }

  private DialogState checkAgainstReference(PhoneNumber learner, List<EventBatch> batches) {
    Map<SequenceNumber, EventBatch> bySeq = new HashMap<>();
    batches.forEach(batch -> bySeq.put(batch.seq(), batch));
    DialogState state = DialogState.initial(learner);
    boolean mayWait = false;
    boolean settling = false;
    for (SequencedCommand command : log.of(learner)) {
      EventBatch batch = bySeq.get(command.seq());
      if (settling && !isOptOut(command.command())) {
        hold(batch == null, "{} was applied, though what came before it was not", command);
        continue;
      }
      settling = false;
      Question question = Dialog.question(state, command.command(), SimulatedContent.KEYWORDS);
      Decision decision =
          Dialog.decide(state, command.command(), facts(command.seq(), question, batch));
      if (question instanceof Question.IsCodeValid asked && batch == null) {
        mayWait |= asked.codes().stream().anyMatch(registration::wasSilentAbout);
      }
      switch (decision) {
        case Decision.Happened(List<DialogEvent> expected) -> {
          if (batch == null) {
            hold(mayWait, "{} is lost: it should have led to {}", command, expected);
            trace.add(Incident.SETTLED_BY_OPT_OUT);
            settling = true;
            continue;
          }
          hold(batch.events().equals(expected), "{} led to {}, not {}", command, batch, expected);
          state = Dialog.evolve(state, batch);
          hold(batch.profile().equals(state.profile()), "the profile of {}", batch);
          mayWait = false;
        }
        case Decision.Nothing nothing ->
            hold(batch == null, "{} should have come to {}, not {}", command, nothing, batch);
        case Decision.Rejected refused -> {
          trace.add(Incident.REJECTED);
          rejected.add(command.seq());
          hold(batch == null, "{} should have been rejected, not {}", command, batch);
        }
        case Decision.NotNow notNow -> throw new AssertionError("the reference never waits");
      }
    }
    hold(!settling, "{}: commands are lost, and no opt-out settled them", learner);
    return state;
  }

  private static boolean isOptOut(DialogCommand command) {
    return Dialog.isOptOut(command, SimulatedContent.KEYWORDS);
  }

  private static Facts facts(SequenceNumber seq, Question question, @Nullable EventBatch batch) {
    Instant now = batch == null ? Instant.EPOCH : batch.createdTime();
    Facts facts = Facts.of(now, seq, SimulatedContent.KEYWORDS);
    return switch (question) {
      case Question.None none -> facts;
      case Question.WhichDrill which ->
          facts.withDrill(
              batch != null && batch.events().getFirst() instanceof DialogEvent.DrillStarted start
                  ? start.drill()
                  : SimulatedContent.anyVersion(which.slug()).orElse(null));
      case Question.IsCodeValid asked ->
          facts.withCodes(
              asked.codes(),
              asked.codes().stream()
                  .collect(Collectors.toMap(code -> code, SimulatedRegistration::verdict)));
      case Question.WhichLanguages which -> facts;
    };
  }

  /** What a worker was told is what is stored: it may send messages on the strength of it. */
  private void checkOutcomes() {
    for (Outcome.Committed outcome : observations.committed()) {
      EventBatch batch = outcome.batch();
      List<EventBatch> history = Objects.requireNonNull(histories.get(batch.phone()));
      hold(history.contains(batch), "reported, but not stored: {}", batch);
      DialogState before = DialogState.initial(batch.phone());
      for (EventBatch earlier : history.subList(0, (int) batch.version() - 1)) {
        before = Dialog.evolve(before, earlier);
      }
      hold(outcome.before().equals(before), "the state before {}", batch);
    }
  }

  /**
   * A worker that crashed between commit and dead letters has lost those, when later commands of
   * the learner were applied along with them; all others must be there.
   */
  private void checkDeadLetters() {
    hold(
        rejected.containsAll(observations.rejected()),
        "wrong dead letters: {}",
        observations.rejected());
    for (SequenceNumber seq : rejected) {
      hold(
          observations.rejected().contains(seq) || observations.mayBeUnobserved(seq),
          "{} is not in the dead letters",
          seq);
    }
  }

  /** Each pair of braces in the message stands for a value. */
  private static void hold(boolean holds, String failure, @Nullable Object... values) {
    if (holds) {
      return;
    }
    var message = new StringBuilder(failure);
    for (Object value : values) {
      int braces = message.indexOf("{}");
      message.replace(braces, braces + 2, String.valueOf(value));
    }
    throw new AssertionError(message.toString());
  }
}
