/** Reports in the forms that people open, and what operators read in the log. */
@NullMarked
package co.stopcovid.adapters.report;

import org.jspecify.annotations.NullMarked;
