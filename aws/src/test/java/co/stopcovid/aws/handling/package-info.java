/** The use cases of the functions. */
@NullMarked
package co.stopcovid.aws.handling;

import org.jspecify.annotations.NullMarked;
