package co.stopcovid.aws.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Kinesis as it is on a bad day, for those who write. What goes wrong follows from a seed. */
public final class FaultyKinesis implements KinesisClient {
  /** What may go wrong with a write. */
  public enum Fault {
    /** The whole request is refused. */
    THROTTLED,
    /** Records of the request are refused, each or not. */
    PARTLY_REFUSED,
    /** The call never arrived. */
    TIMEOUT_BEFORE,
    /** The call was carried out, and its answer lost. */
    TIMEOUT_AFTER
  }

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private final KinesisClient sound;
  private final Random random;
  private final int percent;
  private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

  /**
   * @param percent of the calls that go wrong
   */
  public FaultyKinesis(KinesisClient sound, long seed, int percent) {
    this.sound = sound;
    this.random = new Random(seed);
    this.percent = percent;
  }

  /** How often each fault happened. */
  public synchronized Map<Fault, Integer> happened() {
    return Map.copyOf(happened);
  }

  @Override
  public synchronized PutRecordsResponse putRecords(PutRecordsRequest request) {
    if (random.nextInt(100) >= percent) {
      return sound.putRecords(request);
    }
    Fault fault = next();
    if (fault == Fault.PARTLY_REFUSED) {
      return partly(request);
    }
    if (fault == Fault.TIMEOUT_AFTER) {
      sound.putRecords(request);
    }
    throw failure(fault);
  }

  @Override
  public synchronized PutRecordResponse putRecord(PutRecordRequest request) {
    if (random.nextInt(100) >= percent) {
      return sound.putRecord(request);
    }
    Fault fault = next();
    if (fault == Fault.TIMEOUT_AFTER) {
      sound.putRecord(request);
    }
    throw failure(fault);
  }

  private Fault next() {
    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    happened.merge(fault, 1, Integer::sum);
    return fault;
  }

  private static RuntimeException failure(Fault fault) {
    return switch (fault) {
      case THROTTLED, PARTLY_REFUSED -> ProvisionedThroughputExceededException.builder().build();
      case TIMEOUT_BEFORE, TIMEOUT_AFTER -> ApiCallTimeoutException.create(1_000);
    };
  }

  private PutRecordsResponse partly(PutRecordsRequest request) {
    List<PutRecordsRequestEntry> taken = new ArrayList<>();
    List<Boolean> isTaken = new ArrayList<>();
    for (PutRecordsRequestEntry entry : request.records()) {
      isTaken.add(random.nextBoolean());
      if (isTaken.getLast()) {
        taken.add(entry);
      }
    }
    Queue<PutRecordsResultEntry> results = new ArrayDeque<>();
    if (!taken.isEmpty()) {
      results.addAll(sound.putRecords(request.toBuilder().records(taken).build()).records());
    }
    PutRecordsResultEntry refused =
        PutRecordsResultEntry.builder()
            .errorCode("ProvisionedThroughputExceededException")
            .errorMessage("too much")
            .build();
    return PutRecordsResponse.builder()
        .failedRecordCount(isTaken.size() - taken.size())
        .records(isTaken.stream().map(is -> is ? results.remove() : refused).toList())
        .build();
  }

  @Override
  public String serviceName() {
    return "kinesis";
  }

  @Override
  public void close() {}
}
