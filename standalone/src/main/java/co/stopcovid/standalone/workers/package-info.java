/** The threads that do the work of a running service, and the right to do it. */
@NullMarked
package co.stopcovid.standalone.workers;

import org.jspecify.annotations.NullMarked;
