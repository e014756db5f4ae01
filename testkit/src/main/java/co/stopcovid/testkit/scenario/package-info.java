/**
 * Whole conversations as data: commands in, and the events, messages and state that must come out.
 * They run on every composition of adapters alike.
 */
@NullMarked
package co.stopcovid.testkit.scenario;

import org.jspecify.annotations.NullMarked;
