package co.stopcovid.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextFromOutsideTest {
  private static final PhoneNumber PHONE = new PhoneNumber("+12025550123");

  @Test
  void losesOnlyWhatNoStoreTakes() {
    assertThat(body("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(body("\ud83d")).isEqualTo("\uFFFD");
    assertThat(body("\ude00x")).isEqualTo("\uFFFDx");
    assertThat(body("\ud83dx\ude00")).isEqualTo("\uFFFDx\uFFFD");
    assertThat(body("\ud83d\ud83d\ude00\ude00")).isEqualTo("\uFFFD\ud83d\ude00\uFFFD");
    assertThat(body("ok \ud83d\ude00 是\n")).isEqualTo("ok \ud83d\ude00 是\n");
    assertThat(new ReceiveSms(PHONE, "", Map.of("k\0", "v\0")).webhook())
        .isEqualTo(Map.of("k\uFFFD", "v\uFFFD"));
    assertThat(AccountInfo.of(Map.of("company", "A\0")).company()).isEqualTo("A\uFFFD");
  }

  @Test
  void hasOneFormForEachNumber() {
    var numbers =
        Map.<String, Object>of(
            "a", new BigDecimal("5"),
            "b", new BigDecimal("1E+3"),
            "c", new BigDecimal("5.0"),
            "d", new BigDecimal("9223372036854775808"),
            "e", new BigDecimal("1E+2000000000"));
    assertThat(AccountInfo.of(numbers).values())
        .isEqualTo(
            new TreeMap<String, Object>(
                Map.of(
                    "a", 5L,
                    "b", 1000L,
                    "c", new BigDecimal("5.0"),
                    "d", new BigDecimal("9223372036854775808"),
                    "e", new BigDecimal("1E+2000000000"))));
  }

  private static String body(String text) {
    return new ReceiveSms(PHONE, text).body();
  }
}
