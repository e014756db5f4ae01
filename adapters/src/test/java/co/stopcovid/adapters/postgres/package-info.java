/** Tests on a real PostgreSQL. */
@NullMarked
package co.stopcovid.adapters.postgres;

import org.jspecify.annotations.NullMarked;
