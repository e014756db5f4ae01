@NullMarked
package co.stopcovid.testkit.scenario;

import org.jspecify.annotations.NullMarked;
