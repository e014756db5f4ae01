/**
 * One suite for each port: what every adapter must do. An adapter's test extends the suite and
 * answers its questions.
 */
@NullMarked
package co.stopcovid.testkit.contract;

import org.jspecify.annotations.NullMarked;
