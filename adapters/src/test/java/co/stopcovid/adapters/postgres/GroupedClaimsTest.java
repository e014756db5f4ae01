package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.sms.DeliveryEvent.Accepted;
import co.stopcovid.sms.DeliveryEvent.Claimed;
import co.stopcovid.sms.DeliveryEvent.Doubted;
import co.stopcovid.sms.DeliveryEvent.GivenUp;
import co.stopcovid.sms.DeliveryEvent.Progress;
import co.stopcovid.sms.DeliveryEvent.PutOff;
import co.stopcovid.sms.DeliveryEvent.Released;
import co.stopcovid.sms.DeliveryEvent.Reported;
import co.stopcovid.sms.DeliveryState.Failed;
import co.stopcovid.sms.LedgerEntry;
import co.stopcovid.sms.OutboundId;
import co.stopcovid.sms.SendClaims;
import co.stopcovid.sms.SmsCommit;
import co.stopcovid.sms.SmsCommit.Earlier;
import co.stopcovid.testkit.contract.OutboxContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are being sent and have no row of their own, through crashes and other hands. */
final class GroupedClaimsTest extends OutboxContract {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private static final Duration GAP = Duration.ofSeconds(3);
  private static final Duration MOST_WAITING = Duration.ofSeconds(10);

  /** As a sender does for whom nothing is too early. */
  private static final SendClaims AT_ONCE =
      (first, due) -> Optional.of(first.after(new Claimed(7), at(0), at(25)));

  private QueuedMessages queued = new QueuedMessages();
  private OpenClaims claims = new OpenClaims();

  @BeforeEach
  void clear() {
    POSTGRES.execute("truncate sms_cursors, outbound_messages, outbound_due, outbound_claims");
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }

  @Override
  protected PostgresOutboundQueue queue() {
    return new PostgresOutboundQueue(POSTGRES.database, GAP, queued, claims);
  }

  @Override
  protected PostgresOutboundLedger ledger() {
    return new PostgresOutboundLedger(POSTGRES.database, Fence.NONE, GAP, queued, claims);
  }

  /** The process is gone, and another one begins. */
  private void crash() {
    queued = new QueuedMessages();
    claims = new OpenClaims();
    ledger().takeOver(0, at(0));
  }

  /** By another process: a report of the provider, or what a person decides. */
  private static void writeElsewhere(LedgerEntry entry) {
    var ledger = new PostgresOutboundLedger(POSTGRES.second(), Fence.NONE, GAP);
    assertThat(ledger.write(List.of(entry))).isEmpty();
  }

  private List<LedgerEntry> queueAndClaim(SmsCommit... commits) {
    return queue().commit(List.of(commits), AT_ONCE).claimed();
  }

  /** The first of the learner's messages as claimed when queued. */
  private LedgerEntry queueAndClaim(long version, LedgerEntry... entries) {
    List<LedgerEntry> claimed = queueAndClaim(commit(ana, version, new Earlier.Kept(), entries));
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  private LedgerEntry accept(LedgerEntry claimed, Instant now) {
    return write(claimed, new Accepted("SM" + claimed.id().token()), now, now);
  }

  private static List<OutboundId> rows() {
    return POSTGRES.database.read(
        handle ->
            handle
                .createQuery("select phone, version, message_index from outbound_due")
                .map((row, context) -> OutboundColumns.id(row))
                .list());
  }

  private static int groups() {
    return count("select count(*) from outbound_claims");
  }

  private static int count(String sql) {
    return POSTGRES.database.read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private void assertNothingIsOpen() {
    assertThat(rows()).isEmpty();
    assertThat(groups()).isZero();
    assertThat(claims.size()).isZero();
    assertThat(ledger().nextDue()).isEmpty();
  }

  @Test
  void whatIsClaimedAsItIsQueuedIsOneGroupUntilAllOfItHasEnded() {
    List<LedgerEntry> claimed =
        queueAndClaim(
            commit(ana, 1, new Earlier.Kept(), entry(ana, 1, 0, at(0))),
            commit(ben, 1, new Earlier.Kept(), entry(ben, 1, 0, at(0))));
    assertThat(claimed).hasSize(2);
    assertThat(rows()).isEmpty();
    assertThat(groups()).isOne();

    accept(claimed.getFirst(), at(1));
    assertThat(groups()).isOne();
    accept(claimed.getLast(), at(1));
    assertNothingIsOpen();
  }

  @Test
  void whatASenderClaimsIsOneGroupUntilAllOfItHasEnded() {
    List<LedgerEntry> entries = List.of(entry(ana, 1, 0, at(0)), entry(ben, 1, 0, at(0)));
    entries.forEach(entry -> enqueue(entry.id().phone(), 1, entry));
    List<LedgerEntry> claimed =
        entries.stream().map(entry -> entry.after(new Claimed(7), at(0), at(25))).toList();
    assertThat(ledger().write(claimed)).isEmpty();
    assertThat(rows()).isEmpty();
    assertThat(groups()).isOne();

    accept(claimed.getFirst().written(), at(1));
    assertThat(groups()).isOne();
    accept(claimed.getLast().written(), at(1));
    assertNothingIsOpen();
  }

  @Test
  void afterACrashWhatWasClaimedIsDueWhenItIsToBeSettledAndBeforeTheOthers() {
    LedgerEntry second = entry(ana, 1, 1, at(0));
    LedgerEntry third = entry(ana, 2, 0, at(0));
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)), second);
    enqueue(ana, 2, third);
    crash();

    assertThat(groups()).isZero();
    assertThat(ledger().nextDue()).contains(at(25));
    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().due(at(25), 10)).containsExactly(claimed);
    accept(claimed, at(25));
    assertThat(ledger().due(at(27), 10)).isEmpty();
    assertThat(ledger().due(at(28), 10)).containsExactly(second);
    send(second, "SM2", at(28));
    assertThat(ledger().due(at(31), 10)).containsExactly(third);
    send(third, "SM3", at(31));
    assertNothingIsOpen();
  }

  /** The group of the first time still stands, because not all of it has ended. */
  @Test
  void whatWasClaimedTwiceIsTakenOverOnce() {
    List<LedgerEntry> claimed =
        queueAndClaim(
            commit(ana, 1, new Earlier.Kept(), entry(ana, 1, 0, at(0))),
            commit(ben, 1, new Earlier.Kept(), entry(ben, 1, 0, at(0))));
    LedgerEntry mine =
        claimed.stream().filter(each -> each.id().phone().equals(ana)).findFirst().orElseThrow();
    claim(write(mine, new PutOff(), at(1), at(2)), at(3));
    assertThat(groups()).isEqualTo(2);
    crash();

    assertThat(ledger().due(at(28), 10))
        .containsExactlyInAnyOrder(stored(ana, 1, 0), stored(ben, 1, 0));
  }

  /** Else the next one would follow at once. */
  @Test
  void theGapHoldsWhenTheProviderReportedAMessageBeforeTheCrash() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    enqueue(ana, 2, entry(ana, 2, 0, at(2)));
    writeElsewhere(claimed.after(new Reported("SM1", Progress.SENT, ""), at(10), at(10)));
    crash();

    assertThat(ledger().nextDue()).contains(at(13));
  }

  @Test
  void aUnitThatIsRolledBackLeavesNobodyBusy() {
    SmsCommit commit = commit(ana, 1, new Earlier.Kept(), entry(ana, 1, 0, at(0)));
    assertThatThrownBy(
            () ->
                POSTGRES.database.unit(
                    Fence.NONE,
                    () -> {
                      assertThat(queueAndClaim(commit)).hasSize(1);
                      throw new IllegalArgumentException("planted");
                    }))
        .hasMessage("planted");

    assertNothingIsOpen();
    assertThat(queueAndClaim(commit)).hasSize(1);
  }

  @Test
  void whatHangsIsDueWhenItIsToBeSettledAndBeforeTheOthers() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    LedgerEntry second = entry(ana, 2, 0, at(0));
    enqueue(ana, 2, second);

    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().due(at(25), 10)).containsExactly(claimed);
    assertThat(rows()).containsExactly(claimed.id());
    assertThat(groups()).isZero();
    accept(claimed, at(25));
    assertThat(ledger().due(at(28), 10)).containsExactly(second);
    send(second, "SM2", at(28));
    assertNothingIsOpen();
  }

  @Test
  void whatIsInDoubtIsDueWhenTheProviderIsToBeAsked() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    LedgerEntry doubted = write(claimed, new Doubted(), at(1), at(6));
    assertThat(ledger().nextDue()).contains(at(6));
    assertThat(ledger().due(at(5), 10)).isEmpty();
    assertThat(ledger().due(at(6), 10)).containsExactly(doubted);

    LedgerEntry again = write(doubted, new Doubted(), at(7), at(60));
    assertThat(ledger().due(at(59), 10)).isEmpty();
    assertThat(ledger().due(at(60), 10)).containsExactly(again);
    accept(again, at(60));
    assertNothingIsOpen();
  }

  /** A disk may keep a commit waiting for longer than that. */
  @Test
  void whatIsNotCommittedYetIsNotSettled() {
    var claimed =
        POSTGRES.database.unit(
            Fence.NONE,
            () -> {
              LedgerEntry claim = queueAndClaim(1, entry(ana, 1, 0, at(0)));
              assertThat(CompletableFuture.supplyAsync(() -> ledger().due(at(30), 10)).join())
                  .isEmpty();
              return claim;
            });

    assertThat(ledger().due(at(30), 10)).containsExactly(claimed);
  }

  @Test
  void aReportFromElsewhereFreesTheLearnerWhenTheAnswerComes() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    LedgerEntry next = entry(ana, 2, 0, at(2));
    enqueue(ana, 2, next);
    writeElsewhere(claimed.after(new Reported("SM1", Progress.SENT, ""), at(10), at(10)));
    assertThat(ledger().due(at(20), 10)).isEmpty();

    LedgerEntry answer = claimed.after(new Accepted("SM1"), at(11), at(11));
    assertThat(ledger().write(List.of(answer))).containsExactly(claimed.id());
    assertThat(ledger().find(List.of(claimed.id()))).hasSize(1);
    assertThat(groups()).isZero();
    assertThat(ledger().nextDue()).contains(at(14));
    assertThat(ledger().due(at(14), 10)).containsExactly(next);
    send(next, "SM2", at(14));
    assertNothingIsOpen();
  }

  @Test
  void aReportOnAnEarlierMessageGivesTheClaimedOneNoRow() {
    LedgerEntry first = accept(queueAndClaim(1, entry(ana, 1, 0, at(0))), at(0));
    LedgerEntry claimed = queueAndClaim(2, entry(ana, 2, 0, at(4)));
    writeElsewhere(first.after(new Reported("SM1", Progress.DELIVERED, ""), at(5), at(5)));

    assertThat(rows()).isEmpty();
    accept(claimed, at(5));
    assertNothingIsOpen();
  }

  @Test
  void whatIsQueuedBehindAClaimIsNotClaimedAndKeepsTheGapAfterItHoweverLateThatIs() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    LedgerEntry second = entry(ana, 2, 0, at(2));
    LedgerEntry third = entry(ana, 3, 0, at(3));
    assertThat(queueAndClaim(commit(ana, 2, new Earlier.Kept(), second))).isEmpty();
    assertThat(queueAndClaim(commit(ana, 3, new Earlier.Kept(), third))).isEmpty();
    assertThat(ledger().due(at(20), 10)).isEmpty();

    accept(claimed, at(10));
    assertThat(ledger().nextDue()).contains(at(13));
    assertThat(ledger().due(at(12), 10)).isEmpty();
    assertThat(ledger().due(at(13), 10)).containsExactly(second);
    send(second, "SM2", at(13));
    assertThat(ledger().due(at(16), 10)).containsExactly(third);
    send(third, "SM3", at(16));
    assertNothingIsOpen();
  }

  @Test
  void whatIsQueuedAtTheMomentWhenALateClaimEndsKeepsTheGap() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    CompletableFuture<LedgerEntry> ending =
        POSTGRES.database.unit(
            Fence.NONE,
            () -> {
              enqueue(ana, 2, entry(ana, 2, 0, at(2)));
              var end = CompletableFuture.supplyAsync(() -> accept(claimed, at(10)));
              awaitLock(end);
              return end;
            });
    ending.join();

    assertThat(ledger().nextDue()).contains(at(13));
  }

  /** Until somebody waits for a lock, or is done without. */
  private static void awaitLock(CompletableFuture<?> other) {
    Instant end = Instant.now().plus(MOST_WAITING);
    while (!other.isDone() && waiting() == 0) {
      assertThat(Instant.now()).as("nobody waits").isBefore(end);
      Thread.onSpinWait();
    }
  }

  private static int waiting() {
    String sql =
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
        """;
    return POSTGRES.second().read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  @Test
  void whatIsPutOffIsDueAgainBeforeTheOthers() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)), entry(ana, 1, 1, at(0)));
    enqueue(ana, 2, entry(ana, 2, 0, at(0)));
    LedgerEntry putOff = write(claimed, new PutOff(), at(1), at(9));

    assertThat(groups()).isZero();
    assertThat(ledger().due(at(8), 10)).isEmpty();
    assertThat(ledger().due(at(9), 10)).containsExactly(putOff);
    send(putOff, "SM1", at(9));
    assertThat(ledger().due(at(12), 10)).containsExactly(stored(ana, 1, 1));
  }

  @Test
  void whatIsPutOffIsClaimedAgainAsAGroup() {
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)));
    LedgerEntry putOff = write(claimed, new PutOff(), at(1), at(2));
    assertThat(ledger().nextDue()).contains(at(2));
    LedgerEntry again = claim(putOff, at(2));

    assertThat(rows()).isEmpty();
    assertThat(groups()).isOne();
    accept(again, at(2));
    assertNothingIsOpen();
  }

  /** Two behind it, of the same version, so that the row of these is looked for anew. */
  @Test
  void anOptOutEndsWhatIsBehindAClaimAndLeavesThatToItsEnd() {
    LedgerEntry claimed =
        queueAndClaim(1, entry(ana, 1, 0, at(0)), entry(ana, 1, 1, at(3)), entry(ana, 1, 2, at(6)));
    enqueue(ana, 2, new Earlier.Cancelled(at(2)));

    assertThat(stored(ana, 1, 1).isOpen()).isFalse();
    assertThat(stored(ana, 1, 2).isOpen()).isFalse();
    assertThat(ledger().nextDue()).contains(at(25));
    assertThat(ledger().due(at(24), 10)).isEmpty();
    LedgerEntry ended = write(stored(ana, 1, 0), new PutOff(), at(3), at(4));
    assertThat(ended.state()).isEqualTo(new Failed(null, Earlier.Cancelled.OPTED_OUT));
    assertNothingIsOpen();
    assertThat(claimed.id()).isEqualTo(ended.id());
  }

  @Test
  void whatIsReleasedBehindAClaimWaitsForIt() {
    LedgerEntry parked = entry(ana, 1, 1, at(0)).after(new GivenUp("a limit"), at(0), at(0));
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)), parked);
    writeElsewhere(parked.after(new Released(), at(1), at(1)));
    assertThat(rows()).containsExactly(parked.id());
    assertThat(ledger().due(at(20), 10)).isEmpty();

    accept(claimed, at(10));
    assertThat(ledger().nextDue()).contains(at(13));
    assertThat(ledger().due(at(13), 10)).containsExactly(stored(ana, 1, 1));
    send(stored(ana, 1, 1), "SM2", at(13));
    assertNothingIsOpen();
  }

  @Test
  void whatIsReleasedBeforeAClaimWaitsForIt() {
    LedgerEntry parked = entry(ana, 1, 0, at(0)).after(new GivenUp("a limit"), at(0), at(0));
    enqueue(ana, 1, parked);
    LedgerEntry claimed = queueAndClaim(2, entry(ana, 2, 0, at(0)));
    writeElsewhere(parked.after(new Released(), at(1), at(1)));
    assertThat(ledger().due(at(20), 10)).isEmpty();

    accept(claimed, at(10));
    assertThat(ledger().due(at(12), 10)).isEmpty();
    assertThat(ledger().due(at(13), 10)).containsExactly(stored(ana, 1, 0));
    send(stored(ana, 1, 0), "SM2", at(13));
    assertNothingIsOpen();
  }

  @Test
  void whatIsReleasedBeforeAClaimDoesNotHideItWhenTheProcessDies() {
    LedgerEntry parked = entry(ana, 1, 0, at(0)).after(new GivenUp("a limit"), at(0), at(0));
    enqueue(ana, 1, parked);
    LedgerEntry claimed = queueAndClaim(2, entry(ana, 2, 0, at(0)));
    writeElsewhere(parked.after(new Released(), at(1), at(10)));
    crash();

    assertThat(ledger().due(at(10), 10)).containsExactly(stored(ana, 1, 0));
    send(stored(ana, 1, 0), "SM2", at(10));
    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().due(at(25), 10)).containsExactly(claimed);
    accept(claimed, at(25));
    assertNothingIsOpen();
  }

  /** It was behind the claim when that one was all that the learner had. */
  @Test
  void whatIsReleasedBehindAClaimComesAfterItWhenTheProcessDies() {
    LedgerEntry parked = entry(ana, 1, 1, at(0)).after(new GivenUp("a limit"), at(0), at(0));
    LedgerEntry claimed = queueAndClaim(1, entry(ana, 1, 0, at(0)), parked);
    writeElsewhere(parked.after(new Released(), at(1), at(1)));
    crash();

    assertThat(ledger().due(at(24), 10)).isEmpty();
    assertThat(ledger().due(at(25), 10)).containsExactly(claimed);
    accept(claimed, at(25));
    assertThat(ledger().due(at(28), 10)).containsExactly(stored(ana, 1, 1));
  }
}
