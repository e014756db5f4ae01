/** The use cases of people on adapters in memory, under a controlled clock. */
@NullMarked
package co.stopcovid.desk;

import org.jspecify.annotations.NullMarked;
