/** What the service tells of itself as figures. */
@NullMarked
package co.stopcovid.standalone.metrics;

import org.jspecify.annotations.NullMarked;
