package co.stopcovid.dialog;

import co.stopcovid.common.Language;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.Keywords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs from outside, fetched beforehand.
 *
 * @param now time of the events
 * @param seq number of the command; ids derive from it
 * @param drill answers {@link Question.WhichDrill}; null when there is no such drill
 * @param code answers {@link Question.IsCodeValid}; invalid where it was not asked
 * @param awaited the code whose verdict is pending; null when none is
 * @param taught answers {@link Question.WhichLanguages}; null: every language
 */
public record Facts(
    Instant now,
    SequenceNumber seq,
    Keywords keywords,
    @Nullable DrillVersion drill,
    CodeVerdict code,
    @Nullable RegistrationCode awaited,
    @Nullable List<Language> taught) {
  private static final CodeVerdict NOT_A_CODE = new CodeVerdict.Invalid();

  public static Facts of(Instant now, SequenceNumber seq, Keywords keywords) {
    return new Facts(now, seq, keywords, null, NOT_A_CODE, null, null);
  }

  public Facts withDrill(@Nullable DrillVersion found) {
    return new Facts(now, seq, keywords, found, code, awaited, taught);
  }

  public Facts withCode(CodeVerdict verdict) {
    return new Facts(now, seq, keywords, drill, verdict, awaited, taught);
  }

  /**
   * With the verdict on what a message may mean: the first valid code counts, and nothing may be
   * concluded while one of them has no verdict.
   */
  public Facts withCodes(
      List<RegistrationCode> codes, Map<RegistrationCode, CodeVerdict> verdicts) {
    CodeVerdict open = NOT_A_CODE;
    RegistrationCode pending = null;
    for (RegistrationCode asked : codes) {
      CodeVerdict verdict = verdicts.get(asked);
      switch (verdict) {
        case CodeVerdict.Valid valid -> {
          return withCode(valid);
        }
        case CodeVerdict.Pending waiting -> {
          pending = pending == null ? asked : pending;
          open = waiting;
        }
        case CodeVerdict.Unavailable silent -> open = pending == null ? silent : open;
        case CodeVerdict.Invalid invalid -> {}
        case null -> open = new CodeVerdict.Unavailable("the registration service gave no verdict");
      }
    }
    return new Facts(now, seq, keywords, drill, open, pending, taught);
  }

  public Facts withTaught(List<Language> languages) {
    return new Facts(now, seq, keywords, drill, code, awaited, List.copyOf(languages));
  }

  boolean isTaught(Language language) {
    return taught == null || taught.contains(language);
  }
}
