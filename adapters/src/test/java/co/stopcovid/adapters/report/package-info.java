/** Reports, as examples. */
@NullMarked
package co.stopcovid.adapters.report;

import org.jspecify.annotations.NullMarked;
