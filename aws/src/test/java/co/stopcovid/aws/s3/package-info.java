/** Content in a bucket, and what happens when it cannot be read. */
@NullMarked
package co.stopcovid.aws.s3;

import org.jspecify.annotations.NullMarked;
