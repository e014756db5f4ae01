/** The SMS context on the in-memory adapters. */
@NullMarked
package co.stopcovid.adapters.sms;

import org.jspecify.annotations.NullMarked;
