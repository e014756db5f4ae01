/** The DynamoDB stores on DynamoDB Local: contracts, faults and cost. */
@NullMarked
package co.stopcovid.aws.dynamo;

import org.jspecify.annotations.NullMarked;
