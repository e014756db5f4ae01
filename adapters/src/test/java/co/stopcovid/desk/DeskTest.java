package co.stopcovid.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.inmemory.InMemoryDesk;
import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.desk.Refusal.Kind;
import co.stopcovid.dialog.AdHocText;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogCommand.TriggerReminder;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.dialog.ProfileChanges;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.StartCause;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.EngineTexts;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.sms.DeliveryState;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.MessageKind;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.sms.ParkedFilter;
import co.stopcovid.sms.ReceivedMessage;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCursor;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.RecordedCommands;
import co.stopcovid.testkit.Samples;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people do, on adapters in memory. */
final class DeskTest {
  private static final DrillVersion SOAP = Samples.drill("01-soap");
  private static final PublishedDrills DRILLS =
      new PublishedDrills(List.of(SOAP), new EngineTexts(SOAP.translations(), Samples.TABLES));
  private static final Person MARIA = new Person("maria", Access.ADMIN);
  private static final Person OTTO = new Person("otto", Access.OPERATOR);
  private static final String TEXT = "Good work!";
  private static final PhoneNumber STRANGER = new PhoneNumber("+12025550199");

  private final InMemoryDesk memory = new InMemoryDesk();
  private final RecordedCommands commands = new RecordedCommands();
  private final Desk desk =
      memory.desk(
          commands,
          DRILLS,
          new Keywords(Samples.TABLES),
          (since, limit) -> List.of(),
          () -> Samples.NOON);
  private final LearnerStory ana = LearnerStory.ofSomeone().registers("Acme");
  private final PhoneNumber phone = ana.phone();

  private void happened(LearnerStory story) {
    memory.dialogs.commit(List.of(new DialogCommit(0, story.state(), story.batches())));
    memory.progress.apply(story.batches(), List.of(SOAP.slug()));
  }

  private void holdBack(int messages) {
    SmsCursor initial = SmsCursor.initial(phone);
    var cursor = new SmsCursor(phone, 1, null, Samples.NOON, false, initial.traffic());
    List<LedgerEntry> entries =
        IntStream.range(0, messages)
            .mapToObj(
                index ->
                    new LedgerEntry(
                        new OutboundId(phone, 1, index),
                        MessageKind.REPLY,
                        new OutboundMessage(TEXT, null),
                        Set.of(ZoneOffset.UTC),
                        Samples.NOON,
                        Samples.NOON,
                        Samples.NOON.plusSeconds(60),
                        null,
                        new DeliveryState.Parked(0, "a limit"),
                        Samples.NOON,
                        0))
            .toList();
    memory.outbox.commit(List.of(new SmsCommit(0, cursor, new SmsCommit.Earlier.Kept(), entries)));
  }

  private List<AuditEntry> audit() {
    return memory.audit.before(null, 1_000).stream().map(AuditLog.Stored::entry).toList();
  }

  private static Kind refused(Result<?> result) {
    return result instanceof Result.Refused<?>(Refusal refusal)
        ? refusal.kind()
        : org.assertj.core.api.Assertions.fail("it was done: " + result);
  }

  @Test
  void aMessageIsSentToALearner() {
    happened(ana);

    Result<SequenceNumber> sent = desk.orders().sendMessage(OTTO, phone, TEXT, null);

    assertThat(sent).isInstanceOf(Result.Done.class);
    assertThat(commands.all())
        .containsExactly(new SendAdHocMessage(phone, new AdHocText.Message(TEXT), false, "otto"));
    assertThat(audit())
        .containsExactly(
            new AuditEntry(
                Samples.NOON,
                "otto",
                "learners.message",
                "learner " + LearnerId.of(phone),
                AuditEntry.Outcome.DONE));
  }

  @Test
  void whatTheDialogWouldRejectIsRefusedAtOnce() {
    LearnerStory gone = LearnerStory.ofSomeone().registers("Acme").optsOut();
    LearnerStory unregistered = LearnerStory.ofSomeone().failsToRegister();
    Stream.of(ana, gone, unregistered).forEach(this::happened);
    Orders orders = desk.orders();

    assertThat(refused(orders.sendMessage(OTTO, STRANGER, TEXT, null))).isEqualTo(Kind.UNKNOWN);
    assertThat(refused(orders.sendMessage(OTTO, gone.phone(), TEXT, null)))
        .isEqualTo(Kind.CONFLICT);
    assertThat(refused(orders.sendMessage(OTTO, phone, " ", null))).isEqualTo(Kind.INVALID);
    assertThat(refused(orders.sendMessage(OTTO, phone, "x".repeat(1_601), null)))
        .isEqualTo(Kind.INVALID);
    assertThat(refused(orders.startDrill(OTTO, phone, new DrillSlug("99-none"), null)))
        .isEqualTo(Kind.INVALID);
    assertThat(refused(orders.startDrill(OTTO, unregistered.phone(), SOAP.slug(), null)))
        .isEqualTo(Kind.CONFLICT);
    assertThat(refused(orders.startDrill(OTTO, gone.phone(), SOAP.slug(), null)))
        .isEqualTo(Kind.CONFLICT);
    assertThat(refused(orders.remind(OTTO, phone, null))).isEqualTo(Kind.CONFLICT);
    assertThat(refused(orders.correct(OTTO, phone, changes("shoe_size", "44"), null)))
        .isEqualTo(Kind.INVALID);
    assertThat(refused(orders.correct(OTTO, phone, changes("language", "klingon"), null)))
        .isEqualTo(Kind.INVALID);
    assertThat(refused(orders.correct(OTTO, phone, ProfileChanges.of(Map.of()), null)))
        .isEqualTo(Kind.INVALID);
    assertThat(refused(orders.reset(OTTO, STRANGER, null))).isEqualTo(Kind.UNKNOWN);
    assertThat(commands.all()).isEmpty();
    assertThat(audit())
        .hasSize(12)
        .allMatch(entry -> entry.outcome() == AuditEntry.Outcome.REFUSED);
  }

  private static ProfileChanges changes(String name, String value) {
    return ProfileChanges.of(Map.of(name, Optional.of(value)));
  }

  @Test
  void ordersBecomeCommandsOfThePerson() {
    ana.starts(SOAP);
    happened(ana);

    desk.orders().startDrill(OTTO, phone, SOAP.slug(), "k");
    desk.orders().startDrill(OTTO, phone, SOAP.slug(), "k");
    desk.orders().remind(OTTO, phone, null);
    desk.orders().correct(OTTO, phone, changes("name", "Ana"), null);
    desk.orders().reset(OTTO, phone, null);

    assertThat(commands.all())
        .containsExactly(
            new StartDrill(phone, SOAP.slug(), StartCause.OPERATOR),
            new TriggerReminder(
                phone, ana.instance(ana.state().version()), SOAP.drill().first().slug(), 1),
            new UpdateUser(phone, changes("name", "Ana"), false, "otto"),
            new UpdateUser(phone, ProfileChanges.of(Map.of()), true, "otto"));
  }

  @Test
  void ofTwoPeopleWhoAnswerAtOnceBothAreHeard() {
    happened(ana);
    SequenceNumber seq = SequenceNumber.of(7);
    memory.log.receive(
        List.of(new ReceivedMessage(phone, seq, Samples.NOON, null, "who?", List.of(), true)));
    Desk behindOtto =
        memory.desk(
            added -> {
              desk.messages().answer(OTTO, phone, seq, "It is me.");
              desk.messages().answer(OTTO, phone, seq, "It is me.");
              return commands.append(added);
            },
            DRILLS,
            new Keywords(Samples.TABLES),
            (since, limit) -> List.of(),
            () -> Samples.NOON);

    assertThat(behindOtto.messages().answer(MARIA, phone, seq, TEXT))
        .isInstanceOf(Result.Done.class);
    assertThat(commands.all())
        .containsExactly(
            Orders.message(OTTO, phone, "It is me."), Orders.message(MARIA, phone, TEXT));
  }

  @Test
  void anUnhandledMessageIsAnsweredOnce() {
    happened(ana);
    SequenceNumber seq = SequenceNumber.of(7);
    memory.log.receive(
        List.of(new ReceivedMessage(phone, seq, Samples.NOON, null, "who?", List.of(), true)));

    assertThat(refused(desk.messages().answer(OTTO, phone, seq, ""))).isEqualTo(Kind.INVALID);
    assertThat(memory.log.isUnhandled(phone, seq)).isTrue();
    assertThat(desk.messages().answer(OTTO, phone, seq, TEXT)).isInstanceOf(Result.Done.class);
    assertThat(refused(desk.messages().answer(OTTO, phone, seq, "Again"))).isEqualTo(Kind.UNKNOWN);
    assertThat(commands.all()).hasSize(1);
    assertThat(memory.log.isUnhandled(phone, seq)).isFalse();
  }

  @Test
  void anotherNumberIsLinkedAndTheProgressOfOneLearnerRebuilt() {
    memory.dialogs.commit(List.of(new DialogCommit(0, ana.state(), ana.batches())));
    happened(LearnerStory.ofSomeone().registers("Acme"));

    var result = desk.learners().rebuild(OTTO, phone).orElseThrow(DeskTest::unexpected);
    assertThat(result.batches()).isEqualTo(1);
    assertThat(result.corrected()).isEqualTo(1);
    assertThat(refused(desk.learners().rebuild(OTTO, STRANGER))).isEqualTo(Kind.UNKNOWN);
    assertThat(desk.learners().link(OTTO, phone, STRANGER)).isInstanceOf(Result.Done.class);
    assertThat(audit().getFirst().on()).isEqualTo("learner " + LearnerId.of(phone));
    desk.orders().sendMessage(OTTO, STRANGER, TEXT, null);
    assertThat(audit().getFirst().on()).isEqualTo("learner " + LearnerId.of(phone));
  }

  private static IllegalStateException unexpected(Refusal refusal) {
    return new IllegalStateException(refusal.sentence());
  }

  @Test
  void everyOperationThatChangesSomethingWritesOneEntryWithoutAnythingPrivate() {
    ana.starts(SOAP);
    happened(ana);
    memory.log.receive(
        Stream.of(7, 8)
            .map(
                seq ->
                    new ReceivedMessage(
                        phone, SequenceNumber.of(seq), Samples.NOON, null, "?", List.of(), true))
            .toList());
    holdBack(2);
    var letter = new DialogCommand.ReceiveSms(phone, "b");
    memory.letters.add(
        Stream.of("1", "2")
            .map(
                id ->
                    new DeadLetter(
                        DeadLetter.COMMANDS, id, CommandCodec.encode(letter), "r", Samples.NOON))
            .toList());
    var code = new RegistrationCode("acme-7");
    var valid = new CodeVerdict.Valid(false, Samples.account());

    List<Result<?>> results =
        List.of(
            desk.learners().link(MARIA, phone, STRANGER),
            desk.learners().rebuild(MARIA, phone),
            desk.orders().correct(MARIA, phone, changes("name", "Ana"), null),
            desk.orders().startDrill(MARIA, phone, SOAP.slug(), null),
            desk.orders().remind(MARIA, phone, null),
            desk.orders().sendMessage(MARIA, phone, TEXT, null),
            desk.orders().reset(MARIA, phone, null),
            desk.commands().take(MARIA, new NewCommand(letter)),
            desk.messages().answer(MARIA, phone, SequenceNumber.of(7), TEXT),
            desk.messages().settle(MARIA, phone, SequenceNumber.of(8)),
            desk.held().release(MARIA, new OutboundId(phone, 1, 0)),
            desk.held().drop(MARIA, ParkedFilter.of(phone)),
            desk.codes().put(MARIA, Map.of(code, valid)),
            desk.codes().remove(MARIA, code),
            desk.letters().redrive(MARIA, 1),
            desk.letters().drop(MARIA, 2),
            desk.reports().rebuild(MARIA));

    assertThat(results).allMatch(result -> result instanceof Result.Done<?>);
    assertThat(audit())
        .hasSameSizeAs(results)
        .allMatch(entry -> entry.outcome() == AuditEntry.Outcome.DONE)
        .noneMatch(entry -> entry.toString().contains(phone.value().substring(1)))
        .noneMatch(entry -> entry.toString().contains(TEXT))
        .noneMatch(entry -> entry.toString().contains("acme"));
    Set<String> changing =
        Stream.of(Operation.values())
            .filter(Operation::isChanging)
            .map(Operation::wireName)
            .collect(Collectors.toSet());
    assertThat(audit().stream().map(AuditEntry::operation))
        .containsExactlyInAnyOrderElementsOf(changing);
  }

  @Test
  void whatIsHeldBackIsDecidedOnOnce() {
    holdBack(1);
    var id = new OutboundId(phone, 1, 0);

    assertThat(desk.held().windows(OTTO).map(held -> held.windows().size()))
        .isEqualTo(new Result.Done<>(1));
    assertThat(desk.held().release(OTTO, id)).isEqualTo(new Result.Done<>(true));
    assertThat(refused(desk.held().release(OTTO, id))).isEqualTo(Kind.CONFLICT);
    assertThat(refused(desk.held().drop(OTTO, new OutboundId(phone, 9, 0))))
        .isEqualTo(Kind.UNKNOWN);
    assertThat(audit().stream().map(AuditEntry::on))
        .contains("message 1-0 to learner " + LearnerId.of(phone));
  }

  @Test
  void whoMayNotIsRefusedAndThatIsToldToo() {
    assertThat(refused(desk.codes().remove(OTTO, new RegistrationCode("acme"))))
        .isEqualTo(Kind.NOT_ALLOWED);
    assertThat(refused(desk.reports().audit(OTTO, null, 10))).isEqualTo(Kind.NOT_ALLOWED);
    assertThat(audit())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED));
  }

  @Test
  void whatBreaksOffIsTold() {
    happened(ana);
    commands.failWith(new OverloadedException("commands", 9));

    assertThatThrownBy(() -> desk.orders().sendMessage(OTTO, phone, TEXT, null))
        .isInstanceOf(OverloadedException.class);
    assertThat(audit())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.FAILED));
  }

  @Test
  void lookingLeavesNoTrace() {
    happened(ana);

    desk.learners().show(OTTO, phone);
    desk.learners().conversation(OTTO, phone, null, 10);
    desk.letters().page(OTTO, null, 0, 10);
    assertThat(audit()).isEmpty();
  }
}
