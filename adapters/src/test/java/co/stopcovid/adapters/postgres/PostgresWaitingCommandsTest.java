package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.testkit.contract.WaitingCommandsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresWaitingCommandsTest extends WaitingCommandsContract {
  private static final TestDatabase POSTGRES = new TestDatabase();

  @BeforeEach
  void empty() {
    POSTGRES.execute("truncate waiting_commands");
  }

  @Override
  protected WaitingCommands waiting() {
    return new PostgresWaitingCommands(POSTGRES.database);
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

  @AfterAll
  static void close() {
    POSTGRES.close();
  }
}
