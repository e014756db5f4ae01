package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands of one learner in a batch, and how far they have been decided. */
final class Turn {
  private record Numbered(int index, SequencedCommand command) {}

  private final PhoneNumber phone;
  private final List<Numbered> commands = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<EventBatch> batches = new ArrayList<>();
  private DialogState loaded;
  private DialogState state;
  private int next;
  private boolean waiting;

  Turn(PhoneNumber phone) {
    this.phone = phone;
    this.loaded = DialogState.initial(phone);
    this.state = loaded;
  }

  void add(int index, SequencedCommand command) {
    commands.add(new Numbered(index, command));
  }

  /** Starts from a stored state, forgetting what an earlier attempt decided. */
  void begin(DialogState stored) {
    loaded = stored;
    state = stored;
    next = 0;
    waiting = false;
    batches.clear();
    outcomes.clear();
  }

  /** All commands, or those that are left, have to wait. */
  void putOff(String reason) {
    batches.clear();
    outcomes.clear();
    commands.forEach(command -> outcomes.add(new Outcome.TryLater(reason)));
    next = commands.size();
  }

  /**
   * Moves to the next command that has to be decided. Behind one that waits all others wait, save
   * an opt-out: nobody is kept from that, and what waits before it is then settled by it.
   *
   * @return false when there is none
   */
  boolean skipToNext(Keywords keywords) {
    for (; next < commands.size(); next++) {
      if (state.hasProcessed(seq())) {
        outcomes.add(new Outcome.AlreadyProcessed());
      } else if (!waiting || Dialog.isOptOut(state, command(), keywords)) {
        return true;
      } else {
        outcomes.add(new Outcome.TryLater("an earlier message of this learner waits"));
      }
    }
    return false;
  }

  DialogState state() {
    return state;
  }

  DialogCommand command() {
    return commands.get(next).command().command();
  }

  SequenceNumber seq() {
    return commands.get(next).command().seq();
  }

  void decide(Facts facts) {
    outcomes.add(
        switch (Dialog.decide(state, command(), facts)) {
          case Decision.Happened(List<DialogEvent> events) -> apply(events, facts);
          case Decision.Nothing(Decision.NoEvents reason) -> new Outcome.Nothing(reason);
          case Decision.Rejected(String reason) -> new Outcome.Rejected(reason);
          case Decision.NotNow(String reason, var awaited) -> {
            waiting = true;
            yield awaited == null
                ? new Outcome.TryLater(reason)
                : new Outcome.TryLater(reason, new Outcome.Wait.Verdict(awaited));
          }
        });
    next++;
  }

  private Outcome apply(List<DialogEvent> events, Facts facts) {
    if (waiting) {
      waiting = false;
      outcomes.replaceAll(
          outcome ->
              outcome instanceof Outcome.TryLater ? new Outcome.AlreadyProcessed() : outcome);
    }
    DialogState before = state;
    for (DialogEvent event : events) {
      state = Dialog.evolve(state, event);
    }
    state = state.at(facts.seq(), before.version() + 1);
    var batch =
        new EventBatch(phone, facts.seq(), state.version(), facts.now(), state.profile(), events);
    batches.add(batch);
    return new Outcome.Committed(before, batch);
  }

  /** The next command has to wait for something that it needs. */
  void postpone(Outcome.TryLater outcome) {
    outcomes.add(outcome);
    waiting = true;
    next++;
  }

  Optional<DialogCommit> commit() {
    return batches.isEmpty()
        ? Optional.empty()
        : Optional.of(new DialogCommit(loaded.version(), state, batches));
  }

  void collectStartedDrills(Set<DrillVersion> started) {
    for (EventBatch batch : batches) {
      for (DialogEvent event : batch.events()) {
        if (event instanceof DialogEvent.DrillStarted start) {
          started.add(start.drill());
        }
      }
    }
  }

  void report(Outcome[] all) {
    for (int i = 0; i < commands.size(); i++) {
      all[commands.get(i).index()] = outcomes.get(i);
    }
  }
}
