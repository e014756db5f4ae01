/** How fast it is, measured. */
@NullMarked
package co.stopcovid.bench;

import org.jspecify.annotations.NullMarked;
