/** A stand-in for Twilio on loopback, with faults. */
@NullMarked
package co.stopcovid.testkit.twilio;

import org.jspecify.annotations.NullMarked;
