/**
 * One learner's conversation: commands in, events out. {@link co.stopcovid.dialog.Dialog} holds all
 * its rules. Knows nothing of other drills than the one under way.
 */
@NullMarked
package co.stopcovid.dialog;

import org.jspecify.annotations.NullMarked;
