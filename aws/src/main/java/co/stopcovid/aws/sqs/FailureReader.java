package co.stopcovid.aws.sqs;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.dialog.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes entries out of a failure queue. What is not deleted comes again after a while. */
public final class FailureReader {
  private static final int MOST_AT_ONCE = 10;
  private static final int OUT_OF_SIGHT_SECONDS = 120;

  private final SqsClient client;
  private final String url;
  private final Duration patience;

  /**
   * @param patience how long to wait for an entry when none is there, in whole seconds
   */
  public FailureReader(SqsClient client, String url, Duration patience) {
    this.client = client;
    this.url = url;
    this.patience = patience;
  }

  /**
   * An entry.
   *
   * @param letter empty when the entry has not the form of one
   * @param handle to delete it by
   */
  public record Entry(Optional<DeadLetter> letter, String handle) {}

  /** Some entries, at most ten; none when none is to be had now. */
  public List<Entry> receive(int limit) {
    List<Message> messages =
        client
            .receiveMessage(
                request ->
                    request
                        .queueUrl(url)
                        .maxNumberOfMessages(Math.clamp(limit, 1, MOST_AT_ONCE))
                        .visibilityTimeout(OUT_OF_SIGHT_SECONDS)
                        .waitTimeSeconds(Math.toIntExact(patience.toSeconds())))
            .messages();
    List<Entry> entries = new ArrayList<>();
    for (Message message : messages) {
      entries.add(new Entry(letter(message.body()), message.receiptHandle()));
    }
    return entries;
  }

  private static Optional<DeadLetter> letter(String body) {
    try {
      return Optional.of(FailureQueue.decode(body));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  public void delete(Entry entry) {
    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(entry.handle()));
  }
}
