/** What is offered over HTTP. */
@NullMarked
package co.stopcovid.standalone.http;

import org.jspecify.annotations.NullMarked;
