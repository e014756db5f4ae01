/** The stores of the AWS way in DynamoDB, one table each. */
@NullMarked
package co.stopcovid.aws.dynamo;

import org.jspecify.annotations.NullMarked;
