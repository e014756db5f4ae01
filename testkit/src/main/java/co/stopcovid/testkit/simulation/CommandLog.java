package co.stopcovid.testkit.simulation;

import co.stopcovid.common.DerivedId;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The durable stream of commands, filled with what learners and schedulers might send. */
final class CommandLog {
  private static final List<String> PROMPTS =
      List.of("language", "name", "soap", "fingers", "done");
  private static final List<String> BODIES =
      List.of(
          "soap",
          "jabón",
          "b",
          "b",
          "a",
          "2",
          "es",
          "Ana",
          "more",
          "More!",
          "stop",
          "please stop",
          "start",
          "help",
          "acme",
          "demo",
          "wrong code",
          "yes",
          "no",
          "👍",
          "",
          " ",
          "\u00a0",
          "\ufdfa".repeat(50),
          "x".repeat(300),
          "I cannot stop");

  private final Chance chance;
  private final List<PhoneNumber> learners = new ArrayList<>();
  private final List<SequencedCommand> commands = new ArrayList<>();
  private final Map<PhoneNumber, List<UUID>> instances = new HashMap<>();
  private SequenceNumber last;

  /**
   * @param seed tells the learners of this schedule from those of others
   */
  CommandLog(long seed, Chance chance) {
    this.chance = chance;
    // From zero, and beyond what a long holds.
    last = SequenceNumber.parse(chance.oneIn(2) ? "0" : "4".repeat(40));
    int count = 1 + chance.below(4);
    for (int i = 0; i < count; i++) {
      var learner =
          new PhoneNumber("+9%012d%02d".formatted(Math.floorMod(seed, 1_000_000_000_000L), i));
      learners.add(learner);
    }
  }

  List<PhoneNumber> learners() {
    return learners;
  }

  int size() {
    return commands.size();
  }

  SequencedCommand get(int index) {
    return commands.get(index);
  }

  List<SequencedCommand> of(PhoneNumber learner) {
    return commands.stream().filter(command -> command.phone().equals(learner)).toList();
  }

  void append() {
    PhoneNumber learner = chance.of(learners);
    boolean isNew = of(learner).isEmpty();
    if (!commands.isEmpty() || chance.oneIn(2)) {
      last = new SequenceNumber(last.value().add(BigInteger.valueOf(1 + chance.below(3))));
    }
    int kind = isNew && chance.percent(80) ? 99 : chance.below(99);
    DialogCommand command;
    if (kind < 25) {
      DrillSlug slug =
          chance.oneIn(6) ? new DrillSlug("99-unknown") : chance.of(SimulatedContent.SLUGS);
      command = new DialogCommand.StartDrill(learner, slug);
      started(learner).add(DerivedId.of(learner, last, "drill instance"));
    } else if (kind < 35) {
      command = reminder(learner);
    } else {
      command = new DialogCommand.ReceiveSms(learner, kind == 99 ? "ACME" : chance.of(BODIES));
    }
    commands.add(new SequencedCommand(last, command));
  }

  /** Mostly of the drill that was started last, and of a prompt that may wait. */
  private DialogCommand reminder(PhoneNumber learner) {
    List<UUID> started = started(learner);
    UUID instance =
        started.isEmpty()
            ? new UUID(0, 1)
            : chance.oneIn(4) ? chance.of(started) : started.getLast();
    return new DialogCommand.TriggerReminder(learner, instance, new PromptSlug(chance.of(PROMPTS)));
  }

  private List<UUID> started(PhoneNumber learner) {
    return instances.computeIfAbsent(learner, none -> new ArrayList<>());
  }
}
