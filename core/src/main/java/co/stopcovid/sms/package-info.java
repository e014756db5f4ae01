/** Text messages: what is said to a learner, and what it takes to say it. Knows no grading. */
@NullMarked
package co.stopcovid.sms;

import org.jspecify.annotations.NullMarked;
