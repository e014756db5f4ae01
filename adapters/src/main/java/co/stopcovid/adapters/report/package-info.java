/** Reports in the forms that people open. */
@NullMarked
package co.stopcovid.adapters.report;

import org.jspecify.annotations.NullMarked;
