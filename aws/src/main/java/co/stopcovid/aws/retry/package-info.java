/** Trying again what AWS could not take at once. */
@NullMarked
package co.stopcovid.aws.retry;

import org.jspecify.annotations.NullMarked;
