/**
 * The ports of core on PostgreSQL 15 or later, by JDBC. SQL stands beside the method that runs it.
 */
@NullMarked
package co.stopcovid.adapters.postgres;

import org.jspecify.annotations.NullMarked;
