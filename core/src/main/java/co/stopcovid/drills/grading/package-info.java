/** Grading a reply: right or wrong, and why. */
@NullMarked
package co.stopcovid.drills.grading;

import org.jspecify.annotations.NullMarked;
