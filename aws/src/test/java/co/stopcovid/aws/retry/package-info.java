/** Trying again. */
@NullMarked
package co.stopcovid.aws.retry;

import org.jspecify.annotations.NullMarked;
