/**
 * The desk: what people ask of the system, each use case in one place over ports. {@link
 * co.stopcovid.desk.Operation} lists them all; {@link co.stopcovid.desk.Performer} is the one place
 * that asks who may, and writes the audit log. REST API, console and {@code manage} translate: a
 * request to a call here, a {@link co.stopcovid.desk.Result} to an answer.
 */
@NullMarked
package co.stopcovid.desk;

import org.jspecify.annotations.NullMarked;
