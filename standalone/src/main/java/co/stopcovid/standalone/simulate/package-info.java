/** A conversation in the terminal, with everything in memory. */
@NullMarked
package co.stopcovid.standalone.simulate;

import org.jspecify.annotations.NullMarked;
