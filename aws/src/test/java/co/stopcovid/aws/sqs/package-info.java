/** The queues against a stand-in, and with a queue that fails in part. */
@NullMarked
package co.stopcovid.aws.sqs;

import org.jspecify.annotations.NullMarked;
