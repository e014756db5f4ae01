package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.RememberedWaiting;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.running.WaitingLearner;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.WaitingCommandsContract;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suite through what one writer remembers, who is alone: races are not for it. */
class RememberedWaitingTest extends WaitingCommandsContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  private final PostgresWaitingCommands stored = new PostgresWaitingCommands(POSTGRES.database);
  private final RememberedWaiting waiting = new RememberedWaiting(stored, stored::turns);

  @BeforeEach
  void empty() {
    POSTGRES.execute("truncate waiting_commands");
  }

  @Override
  protected WaitingCommands waiting() {
    return waiting;
  }

  @Override
  protected String payload(SequencedCommand command) {
    return CommandCodec.encode(command.command());
  }

  @Override
  protected void makeUnreadable(PhoneNumber phone) {
    POSTGRES.execute(
        "update waiting_commands set payloads[1] = '{}' where phone = '%s'"
            .formatted(phone.value()));
  }

  /** Its writer is alone. */
  @Override
  protected int raceRounds() {
    return 0;
  }

  @Test
  void whatWasRolledBackIsForgotten() {
    PhoneNumber ana = Samples.newLearner();
    assertThatThrownBy(
            () ->
                POSTGRES.database.unit(
                    Fence.NONE,
                    () -> {
                      put(of(ana, NOON));
                      throw new IllegalStateException("cut short");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(waiting.size()).isEqualTo(1);

    waiting.forget();

    assertThat(load(ana).isEmpty()).isTrue();
    assertThat(waiting.size()).isZero();
  }

  @Test
  void whoeverIsCalledIsDue() {
    PhoneNumber ana = Samples.newLearner();
    put(of(ana, NOON.plusSeconds(5)));
    assertThat(waiting.due(NOON, 10)).isEmpty();

    waiting.wake(Set.of(ana, Samples.newLearner()));

    assertThat(waiting.due(NOON, 10)).hasSize(1);
    assertThat(waiting.size()).isEqualTo(1);
  }

  @Test
  void whoWasTakenOutByHandIsNotDueForEver() {
    PhoneNumber ana = Samples.newLearner();
    put(of(ana, NOON));

    POSTGRES.execute("truncate waiting_commands");

    assertThat(waiting.due(NOON, 10)).isEmpty();
    assertThat(waiting.size()).isZero();
  }

  @Test
  void manyWhoCannotBeReadKeepNobodyWaiting() {
    PhoneNumber lost = Samples.newLearner();
    PhoneNumber ana = Samples.newLearner();
    put(of(lost, NOON.minusSeconds(9)));
    put(of(ana, NOON));
    makeUnreadable(lost);

    assertThat(waiting.due(NOON, 1)).isEmpty();
    assertThat(waiting.due(NOON, 1)).extracting(WaitingLearner::phone).containsExactly(ana);
  }

  @Test
  void whoCouldNotBeReadIsLookedAtAgain() {
    PhoneNumber ana = Samples.newLearner();
    put(of(ana, NOON));
    POSTGRES.execute("update waiting_commands set reason = payloads[1], payloads[1] = '{}'");
    assertThat(waiting.due(NOON, 10)).isEmpty();

    POSTGRES.execute("update waiting_commands set payloads[1] = reason");

    assertThat(waiting.due(NOON.plus(RememberedWaiting.UNREADABLE), 10)).hasSize(1);
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}
