/** How the requests that people write in their own words are recognised, as data of a language. */
@NullMarked
package co.stopcovid.drills.keywords;

import org.jspecify.annotations.NullMarked;
