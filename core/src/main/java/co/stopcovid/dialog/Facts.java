package co.stopcovid.dialog;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs from outside, fetched beforehand.
 *
 * @param now time of the events
 * @param seq number of the command; ids derive from it
 * @param drill answers {@link Question.WhichDrill}; null when there is no such drill
 * @param code answers {@link Question.IsCodeValid}; invalid where it was not asked
 */
public record Facts(
    Instant now,
    SequenceNumber seq,
    Keywords keywords,
    @Nullable DrillVersion drill,
    CodeVerdict code) {
  private static final CodeVerdict NOT_A_CODE = new CodeVerdict.Invalid();

  public static Facts of(Instant now, SequenceNumber seq, Keywords keywords) {
    return new Facts(now, seq, keywords, null, NOT_A_CODE);
  }

  public Facts withDrill(@Nullable DrillVersion found) {
    return new Facts(now, seq, keywords, found, code);
  }

  public Facts withCode(CodeVerdict verdict) {
    return new Facts(now, seq, keywords, drill, verdict);
  }
}
