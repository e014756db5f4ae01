/** Drill content, translations and languages. Knows nothing of learners. */
@NullMarked
package co.stopcovid.drills;

import org.jspecify.annotations.NullMarked;
