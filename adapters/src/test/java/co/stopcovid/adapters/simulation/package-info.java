/** The simulation of testkit on the in-memory adapters, and on broken ones. */
@NullMarked
package co.stopcovid.adapters.simulation;

import org.jspecify.annotations.NullMarked;
