package co.stopcovid.standalone.phone;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Takes in what learners write on simulated phones. */
final class PhoneInbox {
  /** The longest key of a message. */
  static final int LONGEST_KEY = 100;

  private static final int STRIPES = 64;

  private final CommandStream commands;
  private final SimulatedPhones phones;

  /** One learner's messages are shown in the order of their numbers. */
  private final List<Lock> locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).map(Lock.class::cast).toList();

  PhoneInbox(CommandStream commands, SimulatedPhones phones) {
    this.commands = commands;
    this.phones = phones;
  }

  /**
   * Returns when the message is safe from a crash.
   *
   * @param key the phone's name for the message: under the same key it is the same message
   */
  SequenceNumber take(PhoneNumber phone, String key, String text) {
    String sid = sid(key);
    var command = new ReceiveSms(phone, text, Map.of("MessageSid", sid));
    Lock lock = locks.get(Math.floorMod(phone.hashCode(), STRIPES));
    lock.lock();
    try {
      SequenceNumber seq =
          commands
              .append(List.of(new NewCommand(command, "phone/" + phone.value() + "/" + key)))
              .getFirst();
      phones.written(phone, seq, sid, command.body());
      return seq;
    } finally {
      lock.unlock();
    }
  }

  /** How the message log names the message, so that the phone knows its own. */
  static String sid(String key) {
    return "phone-" + key;
  }
}
