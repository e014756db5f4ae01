@NullMarked
package co.stopcovid.sms;

import org.jspecify.annotations.NullMarked;
