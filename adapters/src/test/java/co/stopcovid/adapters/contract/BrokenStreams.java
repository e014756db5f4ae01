package co.stopcovid.adapters.contract;

import co.stopcovid.adapters.contract.BrokenCommandStream.StreamFault;
import co.stopcovid.adapters.contract.BrokenDeadLetters.LettersFault;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.testkit.contract.CommandStreamContract;
import co.stopcovid.testkit.contract.DeadLettersContract;
import java.util.List;

/** Like {@link BrokenAdapters}, for what commands come in by and go out to. */
final class BrokenStreams {
  static StreamFault streamFault = StreamFault.NONE;
  static LettersFault lettersFault = LettersFault.NONE;

  private BrokenStreams() {}

  static class Commands extends CommandStreamContract {
    private final BrokenCommandStream stream = new BrokenCommandStream(streamFault);

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
      return stream.commands();
    }
  }

  static class Letters extends DeadLettersContract {
    private final BrokenDeadLetters letters = new BrokenDeadLetters(lettersFault);

    @Override
    protected DeadLetters letters() {
      return letters;
    }
  }
}
