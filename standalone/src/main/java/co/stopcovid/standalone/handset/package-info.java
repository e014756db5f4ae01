/** The phone in a terminal, connected to a running service. */
@NullMarked
package co.stopcovid.standalone.handset;

import org.jspecify.annotations.NullMarked;
