package co.stopcovid.adapters.contract;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A registration service's adapter with one mistake. */
final class BrokenRegistrationCodes implements RegistrationCodes {
  /** The mistake. */
  enum CodesFault {
    NONE,
    SILENCE_MEANS_INVALID,
    SILENCE_THROWS,
    DEMO_FORGOTTEN,
    ACCOUNT_FORGOTTEN,
    UNKNOWN_LEFT_OUT,
    ALL_CODES_COME_BACK,
    ONLY_ONE_AT_A_TIME,
    EVERYTHING_IS_VALID,
    ODD_TEXT_THROWS,
    MANY_THROW
  }

  private final CodesFault fault;
  private final @Nullable Map<RegistrationCode, CodeVerdict.Valid> known;

  /**
   * @param known null when the service does not answer
   */
  BrokenRegistrationCodes(
      CodesFault fault, @Nullable Map<RegistrationCode, CodeVerdict.Valid> known) {
    this.fault = fault;
    this.known = known;
  }

  @Override
  public Map<RegistrationCode, CodeVerdict> check(Set<RegistrationCode> codes) {
    Map<RegistrationCode, CodeVerdict> verdicts = new HashMap<>();
    boolean odd = codes.stream().anyMatch(code -> code.value().contains("%"));
    if ((fault == CodesFault.MANY_THROW && codes.size() > 100)
        || (fault == CodesFault.ODD_TEXT_THROWS && odd)) {
      throw new IllegalStateException("bad request");
    }
    for (RegistrationCode code : codes) {
      CodeVerdict verdict = verdict(code);
      if (!(fault == CodesFault.UNKNOWN_LEFT_OUT && verdict instanceof CodeVerdict.Invalid)) {
        verdicts.put(code, verdict);
      }
      if (fault == CodesFault.ONLY_ONE_AT_A_TIME) {
        return verdicts;
      }
    }
    if (fault == CodesFault.ALL_CODES_COME_BACK && known != null) {
      verdicts.putAll(known);
    }
    return verdicts;
  }

  private CodeVerdict verdict(RegistrationCode code) {
    if (known == null) {
      return switch (fault) {
        case SILENCE_MEANS_INVALID -> new CodeVerdict.Invalid();
        case SILENCE_THROWS -> throw new IllegalStateException("timeout");
        default -> new CodeVerdict.Unavailable("no answer");
      };
    }
    CodeVerdict.Valid valid = known.get(code);
    if (valid == null) {
      return fault == CodesFault.EVERYTHING_IS_VALID
          ? new CodeVerdict.Valid(false, AccountInfo.NONE)
          : new CodeVerdict.Invalid();
    }
    return switch (fault) {
      case DEMO_FORGOTTEN -> new CodeVerdict.Valid(false, valid.accountInfo());
      case ACCOUNT_FORGOTTEN -> new CodeVerdict.Valid(valid.isDemo(), AccountInfo.NONE);
      default -> valid;
    };
  }
}
