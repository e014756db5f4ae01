package co.stopcovid.aws.s3;

import java.time.Instant;

/**
 * Why the newest content is not taught.
 *
 * @param since when it was first met
 * @param reason for a person: the findings, when the content is at fault
 */
public record ContentFailure(Instant since, String reason) {}
