/** Tests of the workers on a real PostgreSQL. */
@NullMarked
package co.stopcovid.standalone.workers;

import org.jspecify.annotations.NullMarked;
