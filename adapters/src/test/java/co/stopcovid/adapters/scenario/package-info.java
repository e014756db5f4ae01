/** The scenarios of testkit on the adapters of this module. */
@NullMarked
package co.stopcovid.adapters.scenario;

import org.jspecify.annotations.NullMarked;
