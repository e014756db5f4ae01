package co.stopcovid.aws.kinesis;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.NewCommand;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** A command on its way into the stream, and its number once it is there. */
final class PendingRecord {
  private final NewCommand command;
  private final SdkBytes data;
  private @Nullable SequenceNumber number;

  PendingRecord(NewCommand command) {
    this.command = command;
    data = SdkBytes.fromByteArrayUnsafe(CommandRecords.encode(command));
    if (size() > CommandRecords.LONGEST) {
      throw new IllegalArgumentException(
          "a command of %d bytes; at most %d are allowed"
              .formatted(size(), CommandRecords.LONGEST));
    }
  }

  PhoneNumber phone() {
    return command.command().phone();
  }

  @Nullable String key() {
    return command.idempotencyKey();
  }

  String partitionKey() {
    return phone().value();
  }

  SdkBytes data() {
    return data;
  }

  /** In bytes, as Kinesis counts. */
  int size() {
    return data.asByteArrayUnsafe().length + partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  void written(String sequenceNumber) {
    number = SequenceNumber.parse(sequenceNumber);
  }

  SequenceNumber number() {
    if (number == null) {
      throw new IllegalStateException("the command has no number yet");
    }
    return number;
  }
}
