/** Value types that every context uses. */
@NullMarked
package co.stopcovid.common;

import org.jspecify.annotations.NullMarked;
