/** The dialog engine on the in-memory adapters. */
@NullMarked
package co.stopcovid.adapters.engine;

import org.jspecify.annotations.NullMarked;
