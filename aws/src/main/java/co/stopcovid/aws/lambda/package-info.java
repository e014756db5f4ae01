/** The Lambda functions, their settings, and how they are put together. */
@NullMarked
package co.stopcovid.aws.lambda;

import org.jspecify.annotations.NullMarked;
