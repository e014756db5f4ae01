/**
 * Checks of content that can be read: what a learner would stumble over, found before one does.
 * {@link co.stopcovid.adapters.authoring.lint.CourseLint} begins; each other class is one group of
 * checks.
 */
@NullMarked
package co.stopcovid.adapters.authoring.lint;

import org.jspecify.annotations.NullMarked;
