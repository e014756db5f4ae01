/** Content in an S3 bucket. */
@NullMarked
package co.stopcovid.aws.s3;

import org.jspecify.annotations.NullMarked;
