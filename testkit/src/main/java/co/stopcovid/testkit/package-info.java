/** What the tests of all modules share: samples, contract suites, scenarios and the simulation. */
@NullMarked
package co.stopcovid.testkit;

import org.jspecify.annotations.NullMarked;
