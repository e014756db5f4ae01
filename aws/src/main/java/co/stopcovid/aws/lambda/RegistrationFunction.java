package co.stopcovid.aws.lambda;

import co.stopcovid.aws.handling.QueueCodec;
import co.stopcovid.aws.handling.QueuedRecord;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.running.CommandRetry;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks the registration service for learners whose messages wait for its answer. What the queue
 * says is a hint: who is forgotten here is found with all others that wait, within a minute.
 */
public final class RegistrationFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final CommandRetry retry;

  /** As Lambda starts it. */
  public RegistrationFunction() {
    this(Composition.ofEnvironment().waitingCommands());
  }

  public RegistrationFunction(CommandRetry retry) {
    this.retry = retry;
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Set<PhoneNumber> phones = new HashSet<>();
    for (QueuedRecord record : Answers.records(event)) {
      phones.add(QueueCodec.phone(record.body()));
    }
    retry.run(phones);
    return Answers.again(Set.of());
  }
}
