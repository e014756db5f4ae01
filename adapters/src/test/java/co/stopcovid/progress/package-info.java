/** The use cases of progress on adapters in memory, under a controlled clock. */
@NullMarked
package co.stopcovid.progress;

import org.jspecify.annotations.NullMarked;
