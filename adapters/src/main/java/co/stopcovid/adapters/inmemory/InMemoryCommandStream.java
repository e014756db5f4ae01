package co.stopcovid.adapters.inmemory;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.SequencedCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command stream as a list. Threads may share it. */
public final class InMemoryCommandStream implements CommandStream {
  private final List<SequencedCommand> commands = new ArrayList<>();
  private final Map<String, SequenceNumber> numbers = new HashMap<>();

  @Override
  public synchronized List<SequenceNumber> append(List<NewCommand> added) {
    return added.stream().map(this::append).toList();
  }

  private SequenceNumber append(NewCommand added) {
    String key = added.idempotencyKey();
    SequenceNumber known = key == null ? null : numbers.get(key);
    if (known != null) {
      return known;
    }
    SequenceNumber seq = SequenceNumber.of(commands.size() + 1L);
    commands.add(new SequencedCommand(seq, added.command()));
    if (key != null) {
      numbers.put(key, seq);
    }
    return seq;
  }

  /** All commands after the first so many. */
  public synchronized List<SequencedCommand> after(int count) {
    return List.copyOf(commands.subList(count, commands.size()));
  }
}
