/** Settings from environment variables that both ways of running share. */
@NullMarked
package co.stopcovid.adapters.config;

import org.jspecify.annotations.NullMarked;
