package co.stopcovid.aws.dynamo;

import co.stopcovid.common.Failure;

/**
 * DynamoDB did not do what was asked of it, though asked again and again. What was asked may or may
 * not have been done; asking again later is safe.
 */
public final class DynamoUnavailableException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int attempts;

  DynamoUnavailableException(String operation, int attempts, Throwable cause) {
    super("%s failed %d times".formatted(operation, attempts), cause);
    this.operation = operation;
    this.attempts = attempts;
  }

  DynamoUnavailableException(String operation, int attempts, String reason) {
    super("%s failed %d times: %s".formatted(operation, attempts, reason));
    this.operation = operation;
    this.attempts = attempts;
  }

  public String operation() {
    return operation;
  }

  public int attempts() {
    return attempts;
  }

  @Override
  public Kind kind() {
    return Kind.OUTAGE;
  }
}
