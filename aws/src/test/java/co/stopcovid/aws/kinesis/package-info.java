/** The Kinesis command stream against its contract, and with a Kinesis that fails in part. */
@NullMarked
package co.stopcovid.aws.kinesis;

import org.jspecify.annotations.NullMarked;
