package co.stopcovid.aws.handling;

import co.stopcovid.aws.sqs.QueueMessage;
import co.stopcovid.aws.sqs.QueueSender;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.running.VerdictCalls;
import java.time.Duration;
import java.util.Map;

/**
 * Has another function ask the registration service, which takes too long for the learners whose
 * codes are not asked about.
 */
public final class CodeQuestions implements VerdictCalls {
  private final QueueSender queue;

  public CodeQuestions(QueueSender queue) {
    this.queue = queue;
  }

  @Override
  public void await(Map<PhoneNumber, RegistrationCode> codes) {
    queue.send(codes.keySet().stream().map(QueueCodec::encode).map(QueueMessage::of).toList());
  }

  /** That function tries who is due: the learner is at once. */
  @Override
  public Duration longest() {
    return Duration.ZERO;
  }
}
