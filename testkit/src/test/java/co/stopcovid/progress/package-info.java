/** The rules of progress, as examples. */
@NullMarked
package co.stopcovid.progress;

import org.jspecify.annotations.NullMarked;
