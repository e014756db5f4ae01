package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.Samples;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link RegistrationCodes} must do. */
public abstract class RegistrationCodesContract {
  private static final RegistrationCode ACME = new RegistrationCode("acme-2026");
  private static final RegistrationCode DEMO = new RegistrationCode("démo code 示範");
  private static final RegistrationCode UNKNOWN = new RegistrationCode("soap");
  private static final CodeVerdict.Valid STAFF = new CodeVerdict.Valid(false, Samples.account());
  private static final CodeVerdict.Valid TRYING = new CodeVerdict.Valid(true, AccountInfo.NONE);
  private static final CodeVerdict.Invalid INVALID = new CodeVerdict.Invalid();

  /** The adapter to be tested, in front of a service that knows these codes and no others. */
  protected abstract RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known);

  /**
   * The adapter, with a service behind it that does not answer.
   *
   * @param codes knows no code
   * @param answersAnyway it has no service behind it that could be silent
   */
  public record Silent(RegistrationCodes codes, boolean answersAnyway) {}

  protected abstract Silent silent();

  private RegistrationCodes both() {
    return codes(Map.of(ACME, STAFF, DEMO, TRYING));
  }

  @Test
  void aKnownCodeIsValidWithItsAccount() {
    assertThat(both().check(Set.of(ACME))).isEqualTo(Map.of(ACME, STAFF));
  }

  @Test
  void aDemoCodeIsMarkedSo() {
    assertThat(both().check(Set.of(DEMO))).isEqualTo(Map.of(DEMO, TRYING));
  }

  @Test
  void anUnknownCodeIsInvalid() {
    assertThat(both().check(Set.of(UNKNOWN))).isEqualTo(Map.of(UNKNOWN, INVALID));
    assertThat(codes(Map.of()).check(Set.of(ACME))).isEqualTo(Map.of(ACME, INVALID));
  }

  @Test
  void everyCodeOfTheCallHasAVerdict() {
    assertThat(both().check(Set.of(ACME, UNKNOWN, DEMO)))
        .isEqualTo(Map.of(ACME, STAFF, UNKNOWN, INVALID, DEMO, TRYING));
  }

  @Test
  void aCodeIsKnownInAnyCase() {
    assertThat(both().check(Set.of(new RegistrationCode(" ACME-2026\n"))))
        .isEqualTo(Map.of(ACME, STAFF));
  }

  @Test
  void textsThatLookLikeQueriesAreJustUnknown() {
    Set<RegistrationCode> odd = new HashSet<>();
    Map<RegistrationCode, CodeVerdict> expected = new HashMap<>();
    for (String text :
        new String[] {
          "' or 1=1 --", "%", "_", "acme%2d2026", "../acme-2026", "acme-2026?x=1#", "😀"
        }) {
      odd.add(new RegistrationCode(text));
      expected.put(new RegistrationCode(text), INVALID);
    }
    assertThat(both().check(odd)).isEqualTo(expected);
  }

  @Test
  void askingForNothingGivesNothing() {
    assertThat(both().check(Set.of())).isEmpty();
  }

  @Test
  void manyCodesAreAskedForAtOnce() {
    Set<RegistrationCode> asked = new HashSet<>(Set.of(ACME));
    for (int i = 0; i < 130; i++) {
      asked.add(new RegistrationCode("unknown " + i));
    }
    assertThat(both().check(asked)).hasSize(131).containsEntry(ACME, STAFF);
  }

  @Test
  void silenceIsNeverAnInvalidCode() {
    Silent silent = silent();
    Map<RegistrationCode, CodeVerdict> verdicts = silent.codes().check(Set.of(ACME, DEMO));

    assertThat(verdicts).containsOnlyKeys(ACME, DEMO);
    assertThat(verdicts.values())
        .hasOnlyElementsOfType(
            silent.answersAnyway() ? CodeVerdict.Invalid.class : CodeVerdict.Unavailable.class);
  }
}
