package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.contract.CommandStreamContract;
import java.util.List;

class InMemoryCommandStreamTest extends CommandStreamContract {
  private final InMemoryCommandStream stream = new InMemoryCommandStream();

  @Override
  protected CommandStream stream() {
    return stream;
  }

  @Override
  protected CommandStream secondStream() {
    return stream;
  }

  @Override
  protected List<SequencedCommand> commands() {
    return stream.after(0);
  }
}
