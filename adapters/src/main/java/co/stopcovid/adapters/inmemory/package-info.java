/** The ports of core kept in memory: for the simulator, and the double in tests. */
@NullMarked
package co.stopcovid.adapters.inmemory;

import org.jspecify.annotations.NullMarked;
