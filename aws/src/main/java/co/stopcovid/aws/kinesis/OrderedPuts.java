package co.stopcovid.aws.kinesis;

import co.stopcovid.aws.retry.Retries;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.OverloadedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts the records of one call into the stream, each learner's one after another. A request for
 * many records may write a later one and fail an earlier one, and promises no order among them; so
 * none holds two of one learner, and a learner's next record names the number of the one before.
 */
final class OrderedPuts {
  static final int MOST_RECORDS = 500;
  static final int MOST_BYTES = 5 * 1_048_576;

  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  private final KinesisClient client;
  private final String stream;
  private final Retries backoff;
  private final Map<PhoneNumber, Queue<PendingRecord>> waiting = new LinkedHashMap<>();
  private final Map<PhoneNumber, SequenceNumber> last = new HashMap<>();
  private final Collection<String> errors = new TreeSet<>();
  private final int all;
  private int written;

  OrderedPuts(KinesisClient client, String stream, Retries backoff, List<PendingRecord> records) {
    this.client = client;
    this.stream = stream;
    this.backoff = backoff;
    all = records.size();
    for (PendingRecord record : records) {
      waiting.computeIfAbsent(record.phone(), phone -> new ArrayDeque<>()).add(record);
    }
  }

  /**
   * Returns when all records have their numbers.
   *
   * @throws OverloadedException when nothing was written because the stream takes no more
   * @throws UnwrittenCommandsException when some were not written for another reason
   */
  void run() {
    int failures = 0;
    while (!waiting.isEmpty()) {
      int before = written;
      errors.clear();
      putOneOfEach();
      if (!errors.isEmpty()) {
        failures = written > before ? 1 : failures + 1;
        if (!backoff.retryAfter(failures)) {
          throw unwritten();
        }
      }
    }
  }

  private RuntimeException unwritten() {
    return written == 0 && errors.stream().allMatch(THROTTLED::equals)
        ? new OverloadedException("commands", all)
        : new UnwrittenCommandsException(written, all - written, List.copyOf(errors));
  }

  private void putOneOfEach() {
    List<PendingRecord> firsts = new ArrayList<>();
    List<PendingRecord> followers = new ArrayList<>();
    for (Queue<PendingRecord> records : waiting.values()) {
      PendingRecord record = records.element();
      (last.containsKey(record.phone()) ? followers : firsts).add(record);
    }
    List<PendingRecord> request = new ArrayList<>();
    int bytes = 0;
    for (PendingRecord record : firsts) {
      if (request.size() == MOST_RECORDS || bytes + record.size() > MOST_BYTES) {
        putTogether(request);
        request.clear();
        bytes = 0;
      }
      request.add(record);
      bytes += record.size();
    }
    if (!request.isEmpty()) {
      putTogether(request);
    }
    followers.forEach(this::putAfterLast);
  }

  private void putTogether(List<PendingRecord> records) {
    List<PutRecordsRequestEntry> entries =
        records.stream()
            .map(
                record ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey(record.partitionKey())
                        .data(record.data())
                        .build())
            .toList();
    List<PutRecordsResultEntry> results;
    try {
      results =
          client
              .putRecords(PutRecordsRequest.builder().streamName(stream).records(entries).build())
              .records();
    } catch (ProvisionedThroughputExceededException e) {
      errors.add(THROTTLED);
      return;
    }
    for (int i = 0; i < records.size(); i++) {
      PutRecordsResultEntry result = results.get(i);
      if (result.errorCode() == null) {
        written(records.get(i), result.sequenceNumber());
      } else {
        errors.add(result.errorCode());
      }
    }
  }

  private void putAfterLast(PendingRecord record) {
    try {
      String number =
          client
              .putRecord(
                  PutRecordRequest.builder()
                      .streamName(stream)
                      .partitionKey(record.partitionKey())
                      .data(record.data())
                      .sequenceNumberForOrdering(String.valueOf(last.get(record.phone())))
                      .build())
              .sequenceNumber();
      written(record, number);
    } catch (ProvisionedThroughputExceededException e) {
      errors.add(THROTTLED);
    }
  }

  private void written(PendingRecord record, String sequenceNumber) {
    record.written(sequenceNumber);
    written++;
    last.put(record.phone(), record.number());
    waiting.computeIfPresent(
        record.phone(),
        (phone, records) -> {
          records.remove();
          return records.isEmpty() ? null : records;
        });
  }
}
