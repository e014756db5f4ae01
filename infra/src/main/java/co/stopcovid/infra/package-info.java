/** The AWS side of a stage as CDK stacks: data, database, functions, and what watches them. */
@NullMarked
package co.stopcovid.infra;

import org.jspecify.annotations.NullMarked;
