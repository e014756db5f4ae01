/**
 * A simulation of the command side: random commands through workers that crash, repeat and race,
 * all decided by one seed, and a checker that knows what must hold after any of it.
 */
@NullMarked
package co.stopcovid.testkit.simulation;

import org.jspecify.annotations.NullMarked;
