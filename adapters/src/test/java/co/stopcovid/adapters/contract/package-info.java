/** The contract suites of testkit on adapters that are broken on purpose: each must fail. */
@NullMarked
package co.stopcovid.adapters.contract;

import org.jspecify.annotations.NullMarked;
