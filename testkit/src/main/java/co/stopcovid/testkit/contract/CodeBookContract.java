package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.testkit.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link CodeBook} must do. */
public abstract class CodeBookContract {
  private static final RegistrationCode ACME = new RegistrationCode("acme-2026");
  private static final RegistrationCode DEMO = new RegistrationCode("démo code 示範");
  private static final CodeVerdict.Valid STAFF = new CodeVerdict.Valid(false, Samples.account());
  private static final CodeVerdict.Valid TRYING = new CodeVerdict.Valid(true, AccountInfo.NONE);

  /** The book to be tested, empty. Called once a test. */
  protected abstract CodeBook empty();

  @Test
  void whatIsPutInIsFoundInAnyCase() {
    CodeBook book = empty();
    assertThat(book.find(ACME)).isEmpty();

    assertThat(book.put(Map.of(ACME, STAFF, DEMO, TRYING))).isEqualTo(2);
    assertThat(book.find(new RegistrationCode(" ACME-2026 "))).contains(STAFF);
    assertThat(book.find(DEMO)).contains(TRYING);
    assertThat(book.find(new RegistrationCode("%"))).isEmpty();
  }

  @Test
  void onlyWhatChangesCounts() {
    CodeBook book = empty();
    book.put(Map.of(ACME, STAFF));

    assertThat(book.put(Map.of(ACME, STAFF))).isZero();
    assertThat(book.put(Map.of(ACME, TRYING, DEMO, TRYING))).isEqualTo(2);
    assertThat(book.find(ACME)).contains(TRYING);
    assertThat(book.put(Map.of())).isZero();
  }

  @Test
  void aCodeIsTakenBackOnce() {
    CodeBook book = empty();
    book.put(Map.of(ACME, STAFF, DEMO, TRYING));

    assertThat(book.remove(ACME)).isTrue();
    assertThat(book.remove(ACME)).isFalse();
    assertThat(book.find(ACME)).isEmpty();
    assertThat(book.find(DEMO)).contains(TRYING);
  }

  @Test
  void pagesHoldEveryCodeOnce() {
    CodeBook book = empty();
    assertThat(book.page(null, 3)).isEmpty();
    Map<RegistrationCode, CodeVerdict.Valid> codes = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      codes.put(new RegistrationCode("code-" + i), STAFF);
    }
    codes.put(new RegistrationCode("😀 \"'%\\"), TRYING);
    codes.put(new RegistrationCode("ﾊﾛｰ"), TRYING);
    book.put(codes);

    List<CodeBook.Entry> all = new ArrayList<>();
    for (List<CodeBook.Entry> page = book.page(null, 5);
        !page.isEmpty();
        page = book.page(page.getLast().code(), 5)) {
      assertThat(page).hasSizeLessThanOrEqualTo(5);
      all.addAll(page);
    }
    assertThat(all)
        .extracting(CodeBook.Entry::code)
        .containsExactlyInAnyOrderElementsOf(codes.keySet());
    assertThat(all)
        .allSatisfy(entry -> assertThat(codes).contains(Map.entry(entry.code(), entry.verdict())));
  }
}
