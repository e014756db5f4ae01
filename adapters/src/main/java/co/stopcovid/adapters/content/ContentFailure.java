package co.stopcovid.adapters.content;

import java.time.Instant;

/**
 * Why the newest content is not taught.
 *
 * @param since when it was first met
 * @param reason for a person: the findings, when the content is at fault
 */
public record ContentFailure(Instant since, String reason) {
  /** The first line of the reason, which names the first fault with its file and line. */
  public String summary() {
    return reason.lines().findFirst().orElse("");
  }
}
