/** The PostgreSQL that comes with the service. */
@NullMarked
package co.stopcovid.standalone.database;

import org.jspecify.annotations.NullMarked;
