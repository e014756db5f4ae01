/** The wire forms: commands, event batches, states, drill versions and codes as JSON. */
@NullMarked
package co.stopcovid.adapters.json;

import org.jspecify.annotations.NullMarked;
