/**
 * The AWS services on this machine: stand-ins, and event sources that call functions by Lambda's
 * rules. For tests and {@code ./dialog aws-local} only.
 */
@NullMarked
package co.stopcovid.aws.local;

import org.jspecify.annotations.NullMarked;
