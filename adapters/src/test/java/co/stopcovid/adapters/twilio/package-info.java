/** Against the stand-in for Twilio. */
@NullMarked
package co.stopcovid.adapters.twilio;

import org.jspecify.annotations.NullMarked;
