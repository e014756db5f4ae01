package co.stopcovid.adapters.inmemory;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.running.WaitingCommands;
import co.stopcovid.testkit.contract.WaitingCommandsContract;

class InMemoryWaitingCommandsTest extends WaitingCommandsContract {
  private final InMemoryWaitingCommands waiting = new InMemoryWaitingCommands();

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
    waiting.makeUnreadable(phone);
  }
}
