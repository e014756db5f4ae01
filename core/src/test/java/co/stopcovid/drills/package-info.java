@NullMarked
package co.stopcovid.drills;

import org.jspecify.annotations.NullMarked;
