package co.stopcovid.dialog;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * Where one learner's conversation stands. It follows from the learner's event batches.
 *
 * @param seq number of the last command that had events
 * @param version how many batches there were
 * @param current null when the learner is in no drill
 * @param wrongCodes null when there were none since the learner registered
 * @param requestedVersion of the last batch in which the learner asked for a drill, and so for
 *     messages; 0: none
 */
public record DialogState(
    PhoneNumber phone,
    SequenceNumber seq,
    long version,
    UserProfile profile,
    @Nullable CurrentDrill current,
    @Nullable WrongCodes wrongCodes,
    long requestedVersion) {
  public DialogState {
    if (version < 0) {
      throw new IllegalArgumentException("version is " + version + ", but must not be negative");
    }
  }

  /** Of a learner who sent no wrong code. */
  public DialogState(
      PhoneNumber phone,
      SequenceNumber seq,
      long version,
      UserProfile profile,
      @Nullable CurrentDrill current) {
    this(phone, seq, version, profile, current, null, 0);
  }

  /** A learner of whom nothing was heard. */
  public static DialogState initial(PhoneNumber phone) {
    return new DialogState(phone, SequenceNumber.ZERO, 0, UserProfile.NEW, null);
  }

  /** Whether the command with this number, or a later one, was applied already. */
  public boolean hasProcessed(SequenceNumber number) {
    return version > 0 && !number.isAbove(seq);
  }

  DialogState with(UserProfile next) {
    return new DialogState(phone, seq, version, next, current, wrongCodes, requestedVersion);
  }

  DialogState with(@Nullable CurrentDrill next) {
    return new DialogState(phone, seq, version, profile, next, wrongCodes, requestedVersion);
  }

  DialogState with(@Nullable WrongCodes next) {
    return new DialogState(phone, seq, version, profile, current, next, requestedVersion);
  }

  /** By the batch that comes next. */
  DialogState requested() {
    return new DialogState(phone, seq, version, profile, current, wrongCodes, version + 1);
  }

  DialogState at(SequenceNumber nextSeq, long nextVersion) {
    return new DialogState(
        phone, nextSeq, nextVersion, profile, current, wrongCodes, requestedVersion);
  }
}
