package co.stopcovid.aws.local;

/** What may go wrong with a call to DynamoDB. */
public enum DynamoFault {
  /** The item is part of another transaction at the moment. */
  TRANSACTION_CONFLICT,
  /** This transaction was sent before and is not through yet. */
  TRANSACTION_IN_PROGRESS,
  PROVISIONED_THROUGHPUT_EXCEEDED,
  THROTTLED,
  SERVER_ERROR,
  /** The call never arrived. */
  TIMEOUT_BEFORE,
  /** The call was carried out, and its answer lost. */
  TIMEOUT_AFTER,
  /** Of a batch read some keys were not read. */
  SOME_UNPROCESSED,
  /** Of a batch read no key was read. */
  ALL_UNPROCESSED
}
