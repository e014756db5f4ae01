/** The whole system in one process: its configuration and its composition root. */
@NullMarked
package co.stopcovid.standalone.serve;

import org.jspecify.annotations.NullMarked;
