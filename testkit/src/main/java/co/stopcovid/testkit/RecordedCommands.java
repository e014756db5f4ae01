package co.stopcovid.testkit;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.NewCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command stream that only keeps what it is given. Threads may share it. */
public final class RecordedCommands implements CommandStream {
  private final List<DialogCommand> commands = new ArrayList<>();
  private final Map<String, SequenceNumber> keys = new HashMap<>();
  private @Nullable RuntimeException failure;

  @Override
  public synchronized List<SequenceNumber> append(List<NewCommand> added) {
    if (failure != null) {
      throw failure;
    }
    List<SequenceNumber> numbers = new ArrayList<>();
    for (NewCommand command : added) {
      SequenceNumber known =
          command.idempotencyKey() == null ? null : keys.get(command.idempotencyKey());
      if (known == null) {
        commands.add(command.command());
        known = SequenceNumber.of(commands.size());
        if (command.idempotencyKey() != null) {
          keys.put(command.idempotencyKey(), known);
        }
      }
      numbers.add(known);
    }
    return numbers;
  }

  /** Every command once, in order. */
  public synchronized List<DialogCommand> all() {
    return List.copyOf(commands);
  }

  /** From now on every call fails. */
  public synchronized void failWith(RuntimeException exception) {
    failure = exception;
  }

  public synchronized void recover() {
    failure = null;
  }
}
