/** Tests. */
@NullMarked
package co.stopcovid.standalone.http.api;

import org.jspecify.annotations.NullMarked;
