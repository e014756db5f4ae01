package co.stopcovid.adapters.engine;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An engine with everything around it in memory, and ways to disturb it. */
final class EngineWorld {
  static final PhoneNumber ANA = new PhoneNumber("+12025550101");
  static final PhoneNumber BEN = new PhoneNumber("+12025550102");
  static final PhoneNumber EVA = new PhoneNumber("+12025550103");
  static final DrillVersion DRILL = Samples.drill("01-sample");

  private static final CodeVerdict.Valid ACME =
      new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme")));

  final InMemoryDialogStore stored = new InMemoryDialogStore();
  final InMemoryDrillVersions versions = new InMemoryDrillVersions();
  final List<String> calls = new ArrayList<>();
  final Set<PhoneNumber> unreadable = new HashSet<>();
  final DialogEngine engine;
  Runnable beforeCommit = () -> {};
  boolean registrationAnswers = true;
  boolean registrationForgets;
  Instant now = Instant.parse("2026-11-22T10:15:30.123456789Z");
  private DrillCatalogue catalogue = publish(DRILL);

  EngineWorld() {
    engine =
        new DialogEngine(
            new DisturbedStore(),
            new NotedVersions(),
            new CurrentCatalogue(),
            new DisturbedCodes(),
            new Keywords(Samples.TABLES),
            () -> now);
  }

  List<Outcome> handle(SequencedCommand... commands) {
    return engine.handle(List.of(commands));
  }

  void republish(DrillVersion... drills) {
    catalogue = publish(drills);
  }

  private static DrillCatalogue publish(DrillVersion... drills) {
    return new PublishedDrills(
        List.of(drills), new EngineTexts(DRILL.translations(), Samples.TABLES));
  }

  DialogState state(PhoneNumber phone) {
    return Objects.requireNonNull(stored.load(Set.of(phone)).get(phone));
  }

  List<EventBatch> batches(PhoneNumber phone) {
    return stored.after(phone, 0, 1000);
  }

  static SequencedCommand sms(long seq, PhoneNumber phone, String body) {
    return new SequencedCommand(SequenceNumber.of(seq), new DialogCommand.ReceiveSms(phone, body));
  }

  static SequencedCommand start(long seq, PhoneNumber phone, String drill) {
    return new SequencedCommand(
        SequenceNumber.of(seq), new DialogCommand.StartDrill(phone, new DrillSlug(drill)));
  }

  private final class DisturbedStore implements DialogStore {
    @Override
    public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
      calls.add("load " + phones.size());
      Map<PhoneNumber, DialogState> states = new HashMap<>(stored.load(phones));
      states.keySet().removeAll(unreadable);
      return states;
    }

    @Override
    public Set<PhoneNumber> commit(List<DialogCommit> commits) {
      beforeCommit.run();
      calls.add("commit " + commits.size());
      return stored.commit(commits);
    }
  }

  private final class NotedVersions implements DrillVersions {
    @Override
    public void put(Collection<DrillVersion> added) {
      calls.add("put " + added.size());
      versions.put(added);
    }

    @Override
    public Map<String, DrillVersion> get(Set<String> ids) {
      return versions.get(ids);
    }
  }

  private final class CurrentCatalogue implements DrillCatalogue {
    @Override
    public Optional<DrillVersion> find(DrillSlug slug) {
      return catalogue.find(slug);
    }

    @Override
    public List<DrillVersion> all() {
      return catalogue.all();
    }

    @Override
    public EngineTexts texts() {
      return catalogue.texts();
    }
  }

  private final class DisturbedCodes implements RegistrationCodes {
    private final RegistrationCodes codes =
        new InMemoryRegistrationCodes(Map.of(new RegistrationCode("acme"), ACME));

    @Override
    public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> asked) {
      calls.add("check " + asked.size());
      if (registrationForgets) {
        return Map.of();
      }
      if (registrationAnswers) {
        return codes.check(asked);
      }
      Map<RegistrationCode, CodeVerdict> silence = new HashMap<>();
      asked.forEach(code -> silence.put(code, new CodeVerdict.Unavailable("no answer")));
      return silence;
    }
  }
}
