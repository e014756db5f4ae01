/** What is deployed, held against the code that it runs. */
@NullMarked
package co.stopcovid.infra;

import org.jspecify.annotations.NullMarked;
