/** What the functions do, in plain types: commands, events, messages and schedules. */
@NullMarked
package co.stopcovid.aws.handling;

import org.jspecify.annotations.NullMarked;
