/** Tests. */
@NullMarked
package co.stopcovid.standalone.metrics;

import org.jspecify.annotations.NullMarked;
