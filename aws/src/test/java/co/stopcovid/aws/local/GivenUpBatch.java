package co.stopcovid.aws.local;

/**
 * What Lambda tells the on-failure destination of a stream: where the records are, not what they
 * hold.
 */
public record GivenUpBatch(
    String shard, String firstSequenceNumber, String lastSequenceNumber, int size) {}
