package co.stopcovid.bench;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.Decision;
import co.stopcovid.dialog.Dialog;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Facts;
import co.stopcovid.dialog.Question;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.Prompt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Commands per second of {@link Dialog}, on one core and in memory: question, decide, evolve,
 * batch. One learner after another takes the four drills of the sample course, each in another
 * language: registration, every drill started, every graded prompt first answered wrong, then right
 * in its own words, a reminder here and there, {@code more} in the end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(1)
public class DialogBenchmark {
  static final int COMMANDS = 1_000;
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  private final LanguageTables tables = BuiltInLanguages.load();
  private final Keywords keywords = new Keywords(tables);
  private final DrillCatalogue catalogue =
      CourseReader.read(Path.of(System.getProperty("dialog.home", "."), "content")).publish(tables);
  private final List<Language> languages =
      tables.all().stream().map(table -> table.language()).toList();
  private final List<DialogCommand> script = new ArrayList<>();
  private final List<SequenceNumber> numbers = new ArrayList<>();

  public DialogBenchmark() {
    int learner = 0;
    while (script.size() < COMMANDS) {
      learn(new PhoneNumber("+1202555" + (1000 + learner)), languages.get(learner % 5));
      learner++;
    }
    for (int i = 1; i <= COMMANDS; i++) {
      numbers.add(SequenceNumber.of(i));
    }
  }

  private void learn(PhoneNumber phone, Language language) {
    script.add(new DialogCommand.ReceiveSms(phone, "acme"));
    for (DrillVersion drill : catalogue.all()) {
      script.add(new DialogCommand.StartDrill(phone, drill.slug()));
      for (Prompt prompt : drill.drill().prompts()) {
        if (drill.drill().isLast(prompt)) {
          break;
        }
        if (prompt.isGraded()) {
          script.add(new DialogCommand.ReceiveSms(phone, Replies.WRONG));
          script.add(
              new DialogCommand.ReceiveSms(
                  phone, drill.in(language).prompt(prompt.slug()).correctAnswer()));
        } else {
          script.add(new DialogCommand.ReceiveSms(phone, Replies.toUngraded(prompt, language)));
        }
      }
    }
    script.add(new DialogCommand.ReceiveSms(phone, "more"));
  }

  /** One operation is one command. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public long decideAndEvolve() {
    long events = 0;
    DialogState state = null;
    for (int i = 0; i < COMMANDS; i++) {
      DialogCommand command = script.get(i);
      if (state == null || !state.phone().equals(command.phone())) {
        state = DialogState.initial(command.phone());
      }
      Facts facts = Facts.of(NOW, numbers.get(i), keywords);
      facts =
          switch (Dialog.question(state, command, keywords)) {
            case Question.None none -> facts;
            case Question.WhichDrill which ->
                facts.withDrill(catalogue.find(which.slug()).orElse(null));
            case Question.IsCodeValid code ->
                facts.withCode(
                    new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme"))));
            case Question.WhichLanguages which -> facts;
          };
      if (Dialog.decide(state, command, facts)
          instanceof Decision.Happened(List<DialogEvent> happened)) {
        DialogState next = state;
        for (DialogEvent event : happened) {
          next = Dialog.evolve(next, event);
        }
        var batch =
            new EventBatch(
                state.phone(), facts.seq(), state.version() + 1, NOW, next.profile(), happened);
        state = Dialog.evolve(state, batch);
        events += happened.size();
      }
    }
    return events;
  }
}
