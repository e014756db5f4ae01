/** The simulated phone: the provider of a deployment that has none, and the screens for it. */
@NullMarked
package co.stopcovid.standalone.phone;

import org.jspecify.annotations.NullMarked;
