package co.stopcovid.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Which?\na) soap\nb) water",
        "Which?\nA. soap\nB. water",
        "Which?\n(a) soap\n(b) water",
        "Which?\n a: soap \n b: water",
        "Which?\na - soap\nb - water",
        "Which?\nA soap\nB water",
        "A hand has germs.\nWhich?\na) soap\nb) water",
        "Which? a) soap b) water",
        "Which? (a) soap, (b) water",
        "Which?\r\n\r\n  a)soap\r\n  b)water\r\nReply a or b.",
        "哪个？\nＡ、soap\nＢ、water",
        "哪个？\nA）soap\nB）water"
      })
  void readsTheStylesOfALettered(String message) {
    assertThat(Choice.listedIn(message))
        .extracting(Choice::label, choice -> choice.text().strip())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", "soap"),
            org.assertj.core.groups.Tuple.tuple("b", "water"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Which?\n(i) soap\n(ii) water\n(iii) sand\n(iv) oil",
        "Which?\nI. soap\nII. water\nIII. sand\nIV. oil",
        "Which?\ni - soap\nii - water\niii - sand\niv - oil",
        "Which? i) soap ii) water iii) sand iv) oil",
        "Which? (i) soap, (ii) water, (iii) sand, (iv) oil",
        "Which?\nⅠ. soap\nⅡ. water\nⅢ. sand\nⅣ. oil"
      })
  void readsRomanNumerals(String message) {
    assertThat(Choice.listedIn(message))
        .containsExactly(
            new Choice("i", "soap"),
            new Choice("ii", "water"),
            new Choice("iii", "sand"),
            new Choice("iv", "oil"));
  }

  @Test
  void aLetterThatIsANumeralTooIsALetterAmongLetters() {
    assertThat(Choice.listedIn("Which?\nh) soap\ni) water\nj) sand"))
        .extracting(Choice::label)
        .containsExactly("h", "i", "j");
    assertThat(Choice.listedIn("Which?\na) AA\nb) AAA\nc) D\nd) iii"))
        .extracting(Choice::label)
        .containsExactly("a", "b", "c", "d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ii) only one",
        "ii) second\ni) first",
        "i) one\niii) three",
        "Henry viii) was king, mix) too",
        "a) only one",
        "A lid is a lid.\nA pot is a pot.",
        "Wash for 20 seconds.\n1.5 meters apart",
        "10:30 is the time\n11:30 too",
        "c) third\na) first",
        "a) one\na) one again",
        "e.g. this\ni.e. that",
        "At 54°A) or at 40°B)"
      })
  void isNoList(String message) {
    assertThat(Choice.listedIn(message)).isEmpty();
  }

  @Test
  void aUnitInBracketsIsNoLabel() {
    assertThat(Choice.listedIn("A fridge is cold.\na) 54°F (12°C)\nb) 40°F (4°C)"))
        .containsExactly(new Choice("a", "54°F (12°C)"), new Choice("b", "40°F (4°C)"));
    assertThat(Choice.listedIn("How cold? a) 54°F (12°C) b) 40°F (4°C)"))
        .containsExactly(new Choice("a", "54°F (12°C)"), new Choice("b", "40°F (4°C)"));
  }

  @Test
  void numbersAreAListOfTheirOwn() {
    assertThat(Choice.listedIn("1) wash\n2) dry\na) yes\nb) no\n3) rest"))
        .isEqualTo(
            List.of(
                new Choice("a", "yes"),
                new Choice("b", "no"),
                new Choice("1", "wash"),
                new Choice("2", "dry"),
                new Choice("3", "rest")));
  }
}
