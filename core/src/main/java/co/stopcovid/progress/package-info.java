/**
 * Every learner's progress over all drills: what was started and completed, what comes next, who is
 * reminded. It follows from the event batches; {@link co.stopcovid.progress.ProgressRules} holds
 * its rules. Knows nothing of message texts.
 */
@NullMarked
package co.stopcovid.progress;

import org.jspecify.annotations.NullMarked;
