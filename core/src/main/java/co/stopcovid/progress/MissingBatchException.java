package co.stopcovid.progress;

import co.stopcovid.common.Failure;
import co.stopcovid.common.PhoneNumber;

/** A learner's later batches are known, but this one is not to be found. */
public final class MissingBatchException extends RuntimeException implements Failure {
  private final PhoneNumber phone;
  private final long version;

  public MissingBatchException(PhoneNumber phone, long version) {
    super("event batch version %d of %s is missing".formatted(version, phone));
    this.phone = phone;
    this.version = version;
  }

  public PhoneNumber phone() {
    return phone;
  }

  public long version() {
    return version;
  }

  @Override
  public Kind kind() {
    return Kind.DATA;
  }
}
