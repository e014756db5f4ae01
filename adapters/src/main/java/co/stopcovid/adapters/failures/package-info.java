/** What tells one failure from another, for those who go on after it. */
@NullMarked
package co.stopcovid.adapters.failures;

import org.jspecify.annotations.NullMarked;
