/** The language tables that come with the engine, as YAML. */
@NullMarked
package co.stopcovid.adapters.languages;

import org.jspecify.annotations.NullMarked;
