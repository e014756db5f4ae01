/** The tables of phone numbers, as examples. */
@NullMarked
package co.stopcovid.adapters.phone;

import org.jspecify.annotations.NullMarked;
