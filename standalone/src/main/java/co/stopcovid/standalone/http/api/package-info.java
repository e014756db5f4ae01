/** The REST API for the people and programs that look after learners. */
@NullMarked
package co.stopcovid.standalone.http.api;

import org.jspecify.annotations.NullMarked;
