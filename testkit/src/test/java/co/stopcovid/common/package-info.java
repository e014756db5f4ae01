/** The common value types, as examples. */
@NullMarked
package co.stopcovid.common;

import org.jspecify.annotations.NullMarked;
