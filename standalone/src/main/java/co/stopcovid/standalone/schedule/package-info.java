/** What runs at certain times: daily drills, their starts, reminders, and keeping the house. */
@NullMarked
package co.stopcovid.standalone.schedule;

import org.jspecify.annotations.NullMarked;
