/** Reading settings. */
@NullMarked
package co.stopcovid.adapters.config;

import org.jspecify.annotations.NullMarked;
