/** What is known of phone numbers all over the world, from libphonenumber's tables. */
@NullMarked
package co.stopcovid.adapters.phone;

import org.jspecify.annotations.NullMarked;
