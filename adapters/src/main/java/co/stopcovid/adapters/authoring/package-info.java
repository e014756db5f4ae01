/** Content as authors write it: read from files, checked, published. */
@NullMarked
package co.stopcovid.adapters.authoring;

import org.jspecify.annotations.NullMarked;
