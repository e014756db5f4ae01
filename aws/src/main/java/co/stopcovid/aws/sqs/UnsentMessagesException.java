package co.stopcovid.aws.sqs;

import co.stopcovid.common.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** Some of the messages of a call are not in the queue. */
public final class UnsentMessagesException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  private final int sent;
  private final int unsent;

  UnsentMessagesException(int sent, List<QueueSender.Unsent> unsent) {
    super(
        "%d messages sent, %d not: %s"
            .formatted(
                sent,
                unsent.size(),
                unsent.stream()
                    .map(QueueSender.Unsent::code)
                    .distinct()
                    .collect(Collectors.joining(", "))));
    this.sent = sent;
    this.unsent = unsent.size();
  }

  public int sent() {
    return sent;
  }

  public int unsent() {
    return unsent;
  }

  @Override
  public Kind kind() {
    return Kind.OUTAGE;
  }
}
