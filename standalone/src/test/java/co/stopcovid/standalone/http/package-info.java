/** Over HTTP, with the stand-in for Twilio. */
@NullMarked
package co.stopcovid.standalone.http;

import org.jspecify.annotations.NullMarked;
