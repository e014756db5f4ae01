package co.stopcovid.adapters.contract;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.dialog.SequencedCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A command stream with one fault. */
final class BrokenCommandStream implements CommandStream {
  enum StreamFault {
    NONE,
    REVERSED_IN_A_CALL,
    NUMBERS_BEGIN_ANEW,
    BODIES_ARE_STRIPPED,
    EMPTY_CALL_FAILS,
    KEYS_ARE_IGNORED,
    LAST_WITH_A_KEY_WINS,
    A_KEY_TWICE_IN_A_CALL_IS_NOT_SEEN,
    WHAT_FOLLOWS_A_REPEAT_IS_LOST,
    SAME_COMMAND_IS_A_REPEAT,
    KEYS_RACE,
    LATER_NUMBERS_ARE_READ_FIRST
  }

  private final StreamFault fault;
  private final Map<Long, DialogCommand> commands = new TreeMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private long last;

  BrokenCommandStream(StreamFault fault) {
    this.fault = fault;
  }

  /** One call at a time, save for the faults that are races. */
  @Override
  public List<SequenceNumber> append(List<NewCommand> added) {
    if (fault == StreamFault.KEYS_RACE || fault == StreamFault.LATER_NUMBERS_ARE_READ_FIRST) {
      return appendNow(added);
    }
    synchronized (this) {
      return appendNow(added);
    }
  }

  private List<SequenceNumber> appendNow(List<NewCommand> added) {
    if (fault == StreamFault.EMPTY_CALL_FAILS && added.isEmpty()) {
      throw new IllegalArgumentException("nothing to append");
    }
    if (fault == StreamFault.NUMBERS_BEGIN_ANEW) {
      return appendAnew(added);
    }
    Map<String, Long> known = known();
    if (fault == StreamFault.KEYS_RACE) {
      LockSupport.parkNanos(100_000);
    }
    List<SequenceNumber> numbers = new ArrayList<>();
    boolean lost = false;
    for (NewCommand command : fault == StreamFault.REVERSED_IN_A_CALL ? added.reversed() : added) {
      Long first = first(command, known);
      if (first != null) {
        lost = fault == StreamFault.WHAT_FOLLOWS_A_REPEAT_IS_LOST;
        numbers.add(SequenceNumber.of(first));
      } else {
        numbers.add(SequenceNumber.of(lost ? ++last : store(command)));
      }
    }
    return numbers;
  }

  private List<SequenceNumber> appendAnew(List<NewCommand> added) {
    List<SequenceNumber> numbers = new ArrayList<>();
    added.forEach(command -> store(command));
    for (int i = 1; i <= added.size(); i++) {
      numbers.add(SequenceNumber.of(i));
    }
    return numbers;
  }

  private synchronized Map<String, Long> known() {
    return new HashMap<>(keys);
  }

  private synchronized @Nullable Long first(NewCommand command, Map<String, Long> before) {
    String key = command.idempotencyKey();
    if (fault == StreamFault.SAME_COMMAND_IS_A_REPEAT
        && commands.containsValue(command.command())) {
      return last;
    }
    if (key == null || fault == StreamFault.KEYS_ARE_IGNORED) {
      return null;
    }
    boolean stale =
        fault == StreamFault.KEYS_RACE || fault == StreamFault.A_KEY_TWICE_IN_A_CALL_IS_NOT_SEEN;
    Long first = stale ? before.get(key) : keys.get(key);
    if (first != null && fault == StreamFault.LAST_WITH_A_KEY_WINS) {
      commands.put(first, command.command());
    }
    return first;
  }

  private long store(NewCommand command) {
    long number;
    synchronized (this) {
      number = ++last;
    }
    if (fault == StreamFault.LATER_NUMBERS_ARE_READ_FIRST && number % 3 == 0) {
      LockSupport.parkNanos(300_000);
    }
    synchronized (this) {
      commands.put(number, changed(command.command()));
      String key = command.idempotencyKey();
      if (key != null) {
        keys.put(key, number);
      }
    }
    return number;
  }

  private DialogCommand changed(DialogCommand command) {
    return fault == StreamFault.BODIES_ARE_STRIPPED && command instanceof ReceiveSms sms
        ? new ReceiveSms(sms.phone(), sms.body().strip(), Map.of())
        : command;
  }

  synchronized List<SequencedCommand> commands() {
    List<SequencedCommand> all = new ArrayList<>();
    commands.forEach(
        (number, command) -> all.add(new SequencedCommand(SequenceNumber.of(number), command)));
    return all;
  }
}
