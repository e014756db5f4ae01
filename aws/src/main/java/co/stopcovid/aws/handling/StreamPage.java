package co.stopcovid.aws.handling;

import co.stopcovid.running.EventPage;
import org.jspecify.annotations.Nullable;

/**
 * Some records of the event stream, in its order.
 *
 * @param blockedAt id of the first record that only a newer program can read; what follows it is
 *     not in the page. Null when there is none
 */
public record StreamPage(EventPage page, @Nullable String blockedAt) {}
