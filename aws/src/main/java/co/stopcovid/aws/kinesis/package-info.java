/** Commands on a Kinesis data stream. */
@NullMarked
package co.stopcovid.aws.kinesis;

import org.jspecify.annotations.NullMarked;
