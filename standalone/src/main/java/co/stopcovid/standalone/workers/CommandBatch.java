package co.stopcovid.standalone.workers;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.PostgresCommandLog;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.SequencedCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands as they were read, in the order of their positions. */
record CommandBatch(List<Item> items) {
  /**
   * One command.
   *
   * @param command null when it is malformed
   * @param fault why it is malformed; empty when it is not
   */
  record Item(long position, String payload, @Nullable SequencedCommand command, String fault) {
    static Item of(PostgresCommandLog.Entry entry) {
      long position = entry.position();
      try {
        DialogCommand command =
            entry.command() != null ? entry.command() : CommandCodec.decode(entry.payload());
        var sequenced = new SequencedCommand(SequenceNumber.of(position), command);
        return new Item(position, entry.payload(), sequenced, "");
      } catch (MalformedJsonException e) {
        return new Item(position, entry.payload(), null, "malformed: " + e.getMessage());
      }
    }
  }

  static CommandBatch of(List<PostgresCommandLog.Entry> entries) {
    List<Item> items = new ArrayList<>(entries.size());
    for (PostgresCommandLog.Entry entry : entries) {
      items.add(Item.of(entry));
    }
    return new CommandBatch(items);
  }

  int size() {
    return items.size();
  }

  long lastPosition() {
    return items.getLast().position();
  }

  CommandBatch firstHalf() {
    return new CommandBatch(items.subList(0, size() / 2));
  }

  CommandBatch secondHalf() {
    return new CommandBatch(items.subList(size() / 2, size()));
  }
}
