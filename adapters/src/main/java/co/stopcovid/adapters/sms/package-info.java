/** What those who send messages share, whatever they run on. */
@NullMarked
package co.stopcovid.adapters.sms;

import org.jspecify.annotations.NullMarked;
