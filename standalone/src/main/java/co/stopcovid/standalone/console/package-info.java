/** The web console for the people who look after learners. */
@NullMarked
package co.stopcovid.standalone.console;

import org.jspecify.annotations.NullMarked;
