package co.stopcovid.aws.handling;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.adapters.inmemory.InMemoryWaitingCommands;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.aws.kinesis.CommandRecords;
import co.stopcovid.aws.kinesis.InMemoryCommandKeys;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogEvent;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.ContentException;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.running.CommandIntake;
import co.stopcovid.running.CommandRetry;
import co.stopcovid.running.CommandSettling;
import co.stopcovid.running.HalvedDecisions;
import co.stopcovid.running.Notice;
import co.stopcovid.running.RawCommand;
import co.stopcovid.running.VerdictCalls;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The handling of commands on doubles that fail when told to. */
final class CommandWorld {
  static final PhoneNumber ANA = new PhoneNumber("+12025550123");
  static final PhoneNumber BEN = new PhoneNumber("+12025550124");
  static final String CODE = "ACME";
  static final String DRILL = "01-washing-your-hands";

  final TestClock clock = new TestClock(Samples.NOON);
  final InMemoryDialogStore dialogs = new InMemoryDialogStore();
  final InMemoryWaitingCommands waiting = new InMemoryWaitingCommands();
  final InMemoryCommandKeys keys = new InMemoryCommandKeys(Duration.ofDays(8), clock);
  final List<DeadLetter> letters = new ArrayList<>();
  final List<ReceivedMessage> messages = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  final CommandHandling handling;
  final CommandRetry retry;
  boolean registrationIsSilent;
  boolean registrationIsAskedElsewhere;
  final Set<PhoneNumber> toBeAsked = new HashSet<>();
  boolean contentFails;
  @Nullable RuntimeException commitFailure;
  @Nullable RuntimeException logFailure;
  @Nullable RuntimeException queueFailure;
  final Set<PhoneNumber> failingCommits = new HashSet<>();
  Predicate<PhoneNumber> poisoned = phone -> false;

  CommandWorld() {
    this(5);
  }

  /**
   * @param codeTries wrong codes of a learner that cost no pause
   */
  CommandWorld(int codeTries) {
    var keywords = new Keywords(Samples.TABLES);
    var drills =
        new PublishedDrills(
            List.of(Samples.drill(DRILL)),
            new EngineTexts(Samples.drill(DRILL).translations(), Samples.TABLES));
    var engine =
        new DialogEngine(
            store(),
            new InMemoryDrillVersions(),
            unsteady(drills),
            codes -> check(codes),
            keywords,
            clock,
            codeTries);
    var settling =
        new CommandSettling(
            new HalvedDecisions(engine::handle, notices::add, AwsFailures::kindOf),
            added -> {
              fail(queueFailure);
              letters.addAll(added);
            },
            new ReceivedMessages(
                added -> {
                  fail(logFailure);
                  messages.addAll(added);
                },
                clock),
            notices::add,
            clock);
    handling =
        new CommandHandling(
            settling,
            new CommandIntake(settling, waiting, keywords, calls()),
            keys::claim,
            data -> CommandRecords.decode(data.getBytes(StandardCharsets.UTF_8)));
    retry = new CommandRetry(settling, waiting, keywords, VerdictCalls.none(), 100);
  }

  private VerdictCalls calls() {
    return new VerdictCalls() {
      @Override
      public void await(Map<PhoneNumber, RegistrationCode> codes) {
        toBeAsked.addAll(codes.keySet());
      }

      @Override
      public Duration longest() {
        return Duration.ZERO;
      }
    };
  }

  private DrillCatalogue unsteady(DrillCatalogue drills) {
    return new DrillCatalogue() {
      @Override
      public Optional<DrillVersion> find(DrillSlug slug) {
        return content().find(slug);
      }

      @Override
      public List<DrillVersion> all() {
        return content().all();
      }

      @Override
      public EngineTexts texts() {
        return content().texts();
      }

      private DrillCatalogue content() {
        if (contentFails) {
          throw new ContentException("no content");
        }
        return drills;
      }
    };
  }

  private static void fail(@Nullable RuntimeException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  private Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CodeVerdict> verdicts = new HashMap<>();
    codes.forEach(code -> verdicts.put(code, verdict(code)));
    return verdicts;
  }

  private CodeVerdict verdict(RegistrationCode code) {
    if (registrationIsAskedElsewhere) {
      return new CodeVerdict.Pending();
    }
    if (registrationIsSilent) {
      return new CodeVerdict.Unavailable("silent");
    }
    return code.equals(new RegistrationCode(CODE))
        ? new CodeVerdict.Valid(false, AccountInfo.of(Map.of("company", "Acme")))
        : new CodeVerdict.Invalid();
  }

  private DialogStore store() {
    return new DialogStore() {
      @Override
      public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
        if (phones.stream().anyMatch(poisoned)) {
          throw new IllegalStateException("a bug that this learner meets");
        }
        return dialogs.load(phones);
      }

      @Override
      public Set<PhoneNumber> commit(List<DialogCommit> added) {
        fail(commitFailure);
        List<DialogCommit> taken =
            added.stream().filter(commit -> !failingCommits.contains(commit.phone())).toList();
        Set<PhoneNumber> conflicts = dialogs.commit(taken);
        if (taken.size() < added.size()) {
          throw new StorageException("some were written, others were not");
        }
        return conflicts;
      }
    };
  }

  static RawCommand sms(long seq, PhoneNumber phone, String text) {
    return record(seq, new ReceiveSms(phone, text), "SM" + seq);
  }

  static RawCommand record(long seq, DialogCommand command, @Nullable String key) {
    return new RawCommand(
        SequenceNumber.of(seq),
        new String(CommandRecords.encode(new NewCommand(command, key)), StandardCharsets.UTF_8));
  }

  /** The first record that is to come again; 0 when none is. */
  long handle(RawCommand... records) {
    Optional<SequenceNumber> failed = handling.handle(List.of(records));
    return failed.map(seq -> seq.value().longValueExact()).orElse(0L);
  }

  void retry() {
    retry.run(() -> true);
  }

  DialogState state(PhoneNumber phone) {
    return Objects.requireNonNull(dialogs.load(Set.of(phone)).get(phone));
  }

  /** The numbers of the commands that made a learner's batches. */
  List<Long> committed(PhoneNumber phone) {
    return dialogs.after(phone, 0, 1_000).stream()
        .map(EventBatch::seq)
        .map(seq -> seq.value().longValueExact())
        .toList();
  }

  List<String> events(PhoneNumber phone) {
    return dialogs.after(phone, 0, 1_000).stream()
        .flatMap(batch -> batch.events().stream())
        .map(DialogEvent::getClass)
        .map(Class::getSimpleName)
        .toList();
  }

  /** The numbers of the logged messages. */
  List<Long> logged() {
    return messages.stream().map(message -> message.seq().value().longValueExact()).toList();
  }
}
