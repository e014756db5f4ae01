package co.stopcovid.dialog;

import co.stopcovid.common.SequenceNumber;
import java.util.List;
import java.util.Optional;

/** What became of the commands that a stream took, for those who sent them. */
public interface CommandOutcomes {
  /** What became of one command. */
  sealed interface Fate {
    /** It is taken, and will be decided on. */
    record Waiting() implements Fate {}

    /** It cannot be decided on now and is tried again. */
    record PutOff(String reason) implements Fate {}

    /**
     * It cannot be, and waits for a person.
     *
     * @param deadLetter its number among the dead letters
     */
    record Rejected(String reason, long deadLetter) implements Fate {}

    /**
     * It is decided on.
     *
     * @param version of the batch that it made; 0 when nothing was to be done
     * @param events their types, in order
     */
    record Processed(long version, List<String> events) implements Fate {
      public Processed {
        events = List.copyOf(events);
      }
    }
  }

  /** Empty for a number that no command has, or one whose command is forgotten by now. */
  Optional<Fate> find(SequenceNumber seq);
}
