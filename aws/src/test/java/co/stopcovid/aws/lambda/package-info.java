/** The functions as Lambda runs them. */
@NullMarked
package co.stopcovid.aws.lambda;

import org.jspecify.annotations.NullMarked;
