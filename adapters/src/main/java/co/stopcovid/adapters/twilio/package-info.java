/** Twilio: sending through its API, and what it sends to us. */
@NullMarked
package co.stopcovid.adapters.twilio;

import org.jspecify.annotations.NullMarked;
