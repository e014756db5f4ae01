/** What travels over SQS queues, and how it gets there. */
@NullMarked
package co.stopcovid.aws.sqs;

import org.jspecify.annotations.NullMarked;
