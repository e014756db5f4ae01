package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns batches of commands into committed events. Learners are independent: what goes wrong with
 * one is that learner's outcome alone. An outage of the store fails the call; calling again with
 * the same commands is always safe.
 */
public final class DialogEngine {
  /** How often a learner is decided anew because another writer was first. */
  private static final int MOST_ATTEMPTS = 5;

  private final DialogStore store;
  private final DrillVersions drillVersions;
  private final DrillCatalogue catalogue;
  private final RegistrationCodes registration;
  private final Keywords keywords;
  private final InstantSource clock;
  private final int codeTries;

  /** One that looks at every code at once. */
  public DialogEngine(
      DialogStore store,
      DrillVersions drillVersions,
      DrillCatalogue catalogue,
      RegistrationCodes registration,
      Keywords keywords,
      InstantSource clock) {
    this(store, drillVersions, catalogue, registration, keywords, clock, Integer.MAX_VALUE);
  }

  /**
   * @param codeTries how many wrong codes of a number are looked at before it is slowed down; see
   *     {@link WrongCodes}
   */
  public DialogEngine(
      DialogStore store,
      DrillVersions drillVersions,
      DrillCatalogue catalogue,
      RegistrationCodes registration,
      Keywords keywords,
      InstantSource clock,
      int codeTries) {
    this.store = store;
    this.drillVersions = drillVersions;
    this.catalogue = catalogue;
    this.registration = registration;
    this.keywords = keywords;
    this.clock = clock;
    this.codeTries = codeTries;
  }

  /**
   * Handles commands, those of one learner in the order given.
   *
   * @return an outcome for each command, in the same order
   */
  public List<Outcome> handle(List<SequencedCommand> commands) {
    Map<PhoneNumber, Turn> turns = new LinkedHashMap<>();
    for (int i = 0; i < commands.size(); i++) {
      SequencedCommand command = commands.get(i);
      turns.computeIfAbsent(command.phone(), Turn::new).add(i, command);
    }
    Map<PhoneNumber, Turn> open = new LinkedHashMap<>(turns);
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !open.isEmpty(); attempt++) {
      load(open);
      decide(open.values());
      open.keySet().retainAll(commit(open.values()));
    }
    open.values().forEach(turn -> turn.putOff("another writer was first each time"));
    var outcomes = new Outcome[commands.size()];
    turns.values().forEach(turn -> turn.report(outcomes));
    return List.of(outcomes);
  }

  private void load(Map<PhoneNumber, Turn> turns) {
    Map<PhoneNumber, DialogState> states = store.load(turns.keySet());
    turns.forEach(
        (phone, turn) -> {
          DialogState state = states.get(phone);
          if (state == null) {
            turn.putOff("the stored state of this learner cannot be read");
          } else {
            turn.begin(state);
          }
        });
  }

  /** One command of every learner at a time, so that outside questions are asked in bulk. */
  private void decide(Collection<Turn> turns) {
    List<Turn> active = new ArrayList<>(turns);
    while (true) {
      active.removeIf(turn -> !turn.skipToNext(keywords));
      if (active.isEmpty()) {
        return;
      }
      Map<Turn, Question> questions = new LinkedHashMap<>();
      Set<RegistrationCode> codes = new HashSet<>();
      for (Turn turn : active) {
        Question question = Dialog.question(turn.state(), turn.command(), keywords);
        if (question instanceof Question.IsCodeValid asked) {
          if (isSlowedDown(turn)) {
            continue;
          }
          codes.addAll(asked.codes());
        }
        questions.put(turn, question);
      }
      Map<RegistrationCode, CodeVerdict> verdicts =
          codes.isEmpty() ? Map.of() : registration.check(codes);
      questions.forEach((turn, question) -> decide(turn, question, verdicts));
    }
  }

  /** Whoever sends one wrong code after the other waits for the answer to the next one. */
  private boolean isSlowedDown(Turn turn) {
    WrongCodes wrong = turn.state().wrongCodes();
    if (wrong == null) {
      return false;
    }
    Optional<Instant> next = wrong.nextLook(clock.instant(), codeTries);
    next.ifPresent(
        time ->
            turn.postpone(
                new Outcome.TryLater(
                    "too many wrong codes of this number", new Outcome.Wait.Until(time))));
    return next.isPresent();
  }

  private void decide(Turn turn, Question question, Map<RegistrationCode, CodeVerdict> verdicts) {
    Facts facts;
    try {
      facts = facts(turn, question, verdicts);
    } catch (ContentException e) {
      // Content is mended, and a command that came meanwhile is none the worse for it.
      turn.postpone(new Outcome.TryLater("the drills cannot be had now"));
      return;
    }
    turn.decide(facts);
  }

  private Facts facts(Turn turn, Question question, Map<RegistrationCode, CodeVerdict> verdicts) {
    Facts facts = Facts.of(clock.instant().truncatedTo(ChronoUnit.MILLIS), turn.seq(), keywords);
    return switch (question) {
      case Question.None none -> facts;
      case Question.WhichDrill which -> facts.withDrill(catalogue.find(which.slug()).orElse(null));
      case Question.IsCodeValid(List<RegistrationCode> codes, boolean namesLanguage) -> {
        Facts answered = facts.withCodes(codes, verdicts);
        yield namesLanguage ? answered.withTaught(taught()) : answered;
      }
      case Question.WhichLanguages which -> facts.withTaught(taught());
    };
  }

  private List<Language> taught() {
    return catalogue.texts().languages();
  }

  /** The learners whose turn has to be taken again. */
  private Set<PhoneNumber> commit(Collection<Turn> turns) {
    List<DialogCommit> commits = new ArrayList<>();
    Set<DrillVersion> started = new HashSet<>();
    for (Turn turn : turns) {
      turn.commit().ifPresent(commits::add);
      turn.collectStartedDrills(started);
    }
    if (!started.isEmpty()) {
      drillVersions.put(started);
    }
    return commits.isEmpty() ? Set.of() : store.commit(commits);
  }
}
