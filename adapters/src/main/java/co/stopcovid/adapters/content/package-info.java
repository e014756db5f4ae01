/** Content that is taught from, and noticed when it changes. */
@NullMarked
package co.stopcovid.adapters.content;

import org.jspecify.annotations.NullMarked;
