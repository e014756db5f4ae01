/** The whole system in one process: its composition root and its configuration. */
@NullMarked
package co.stopcovid.standalone;

import org.jspecify.annotations.NullMarked;
