/** Tests of what runs at certain times. */
@NullMarked
package co.stopcovid.standalone.schedule;

import org.jspecify.annotations.NullMarked;
