package co.stopcovid.aws.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** A Kinesis that remembers what it was asked, and fails as its test says. */
final class ScriptedKinesis implements KinesisClient {
  static final String THROTTLED = "ProvisionedThroughputExceededException";

  /** Records that are refused so many times. */
  private static final class Refusal {
    final Predicate<String> data;
    final String code;
    int times;

    Refusal(Predicate<String> data, String code, int times) {
      this.data = data;
      this.code = code;
      this.times = times;
    }
  }

  private BigInteger next = BigInteger.TEN.pow(55);
  private final List<Refusal> refusals = new ArrayList<>();
  final List<PutRecordsRequest> requests = new ArrayList<>();
  final List<PutRecordRequest> followers = new ArrayList<>();

  /** The records that were written, as text. */
  final List<String> records = new ArrayList<>();

  /** Throttles whole requests so many times. */
  int throttledRequests;

  void refuse(String part, String code, int times) {
    refusals.add(new Refusal(data -> data.contains(part), code, times));
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    requests.add(request);
    throttle();
    List<PutRecordsResultEntry> results = new ArrayList<>();
    for (PutRecordsRequestEntry entry : request.records()) {
      String code = refusal(entry.data());
      results.add(
          code == null
              ? PutRecordsResultEntry.builder().sequenceNumber(write(entry.data())).build()
              : PutRecordsResultEntry.builder().errorCode(code).build());
    }
    return PutRecordsResponse.builder().records(results).build();
  }

  @Override
  public PutRecordResponse putRecord(PutRecordRequest request) {
    followers.add(request);
    throttle();
    if (refusal(request.data()) != null) {
      throw ProvisionedThroughputExceededException.builder().message("too much").build();
    }
    return PutRecordResponse.builder().sequenceNumber(write(request.data())).build();
  }

  private void throttle() {
    if (throttledRequests > 0) {
      throttledRequests--;
      throw ProvisionedThroughputExceededException.builder().message("too much").build();
    }
  }

  private @Nullable String refusal(SdkBytes data) {
    for (Refusal refusal : refusals) {
      if (refusal.times > 0 && refusal.data.test(data.asUtf8String())) {
        refusal.times--;
        return refusal.code;
      }
    }
    return null;
  }

  private String write(SdkBytes data) {
    records.add(data.asUtf8String());
    next = next.add(BigInteger.ONE);
    return next.toString();
  }

  @Override
  public String serviceName() {
    return "kinesis";
  }

  @Override
  public void close() {}
}
