package co.stopcovid.sms;

import static co.stopcovid.sms.SmsSegments.Encoding.GSM_7;
import static co.stopcovid.sms.SmsSegments.Encoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsSegmentsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "160, 1",
    "161, 2",
    "306, 2",
    "307, 3",
    "459, 3",
    "460, 4",
    "1600, 11",
  })
  void plainTextHas160SeptetsAloneAnd153APiece(int length, int segments) {
    assertThat(SmsSegments.of("a".repeat(length)))
        .isEqualTo(new SmsSegments(GSM_7, length, segments, SmsSegments.NONE));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "70, 1", "71, 2", "134, 2", "135, 3", "201, 3", "202, 4"})
  void otherTextHas70UnitsAloneAnd67APiece(int length, int segments) {
    assertThat(SmsSegments.of("手".repeat(length)))
        .isEqualTo(new SmsSegments(UCS_2, length, segments, '手'));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        // 160 and 161 septets with one character of the extension table
        Arguments.of("€" + "a".repeat(158), GSM_7, 160, 1),
        Arguments.of("€" + "a".repeat(159), GSM_7, 161, 2),
        Arguments.of("[".repeat(80), GSM_7, 160, 1),
        // 306 septets, but a piece of 153 holds 76 whole pairs only
        Arguments.of("[".repeat(153), GSM_7, 306, 3),
        Arguments.of("a".repeat(152) + "€" + "a".repeat(152), GSM_7, 306, 3),
        Arguments.of("a".repeat(151) + "€" + "a".repeat(153), GSM_7, 306, 2),
        // an emoji is two units
        Arguments.of("😀".repeat(35), UCS_2, 70, 1),
        Arguments.of("😀".repeat(36), UCS_2, 72, 2),
        // 134 units, but a piece of 67 holds 33 whole emoji only
        Arguments.of("😀".repeat(67), UCS_2, 134, 3),
        Arguments.of("a".repeat(66) + "😀" + "a".repeat(66), UCS_2, 134, 3),
        Arguments.of("a".repeat(65) + "😀" + "a".repeat(67), UCS_2, 134, 2));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aCharacterIsNeverSplitOverTwoPieces(
      String text, SmsSegments.Encoding encoding, int units, int segments) {
    SmsSegments counted = SmsSegments.of(text);
    assertThat(counted.encoding()).isEqualTo(encoding);
    assertThat(counted.units()).isEqualTo(units);
    assertThat(counted.segments()).isEqualTo(segments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"á", "í", "ó", "ú", "ç", "ê", "ã", "õ", "’", "“", "…", "–", "`", "\t", "中"})
  void charactersThatLookHarmlessForceUcs2(String character) {
    SmsSegments counted = SmsSegments.of("so " + character + " be " + "ø手");
    assertThat(counted.encoding()).isEqualTo(UCS_2);
    assertThat(counted.outsideGsm()).isEqualTo(character.codePointAt(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ñ¿¡Ñ", "éèàùìò", "üöäß", "Ç", "line\nline\r\n", "{}[]~^|\\€\f", "ΔΦΓΛΩΠΨΣΘΞ"})
  void theGsmAlphabetHasMoreThanAscii(String text) {
    assertThat(SmsSegments.of(text).encoding()).isEqualTo(GSM_7);
  }

  @Test
  void namesTheWholeCharacterThatForcesUcs2() {
    assertThat(SmsSegments.of("ok 😀 á").outsideGsm()).isEqualTo(0x1F600);
  }

  @Test
  void theEscapeItselfIsNoCharacter() {
    assertThat(SmsSegments.of("\u001B").encoding()).isEqualTo(UCS_2);
  }

  @Test
  void theBasicTableHas127CharactersAndTheExtensionTen() {
    long basic = 0;
    long extension = 0;
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      SmsSegments counted = SmsSegments.of(String.valueOf(c));
      if (counted.encoding() == GSM_7) {
        basic += counted.units() == 1 ? 1 : 0;
        extension += counted.units() == 2 ? 1 : 0;
      }
    }
    assertThat(basic).isEqualTo(127);
    assertThat(extension).isEqualTo(10);
  }

  @Test
  void capacityIsWhatFits() {
    assertThat(GSM_7.capacity(1)).isEqualTo(160);
    assertThat(GSM_7.capacity(3)).isEqualTo(459);
    assertThat(UCS_2.capacity(3)).isEqualTo(201);
  }
}
