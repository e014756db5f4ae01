package co.stopcovid.adapters.authoring.lint;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Choice;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceLikenessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Soap! | soap | true",
        "jabón | Jabon | true",
        "hand-wash | hand wash | true",
        "handwash | hand wash | true",
        "right hand | hand, right | false",
        "kitchen | chicken | -",
        "dessert | desert | false",
        "mano | mono | false",
        "wash | washes | -",
        "20 seconds | 30 seconds | -",
        "1:10 | 10:1 | -",
        "对 | 错 | -",
        "-5 degrees | 5 degrees | -",
        "soap, then water | water, then soap | false",
        "True | False | -",
      })
  void tellsWhatIsHardlyDifferent(String one, String other, String same) {
    List<ChoiceLikeness.Pair> pairs =
        ChoiceLikeness.in(List.of(new Choice("a", one), new Choice("b", other)));

    assertThat(pairs.stream().map(pair -> String.valueOf(pair.isSame())).findFirst().orElse("-"))
        .isEqualTo(same);
  }
}
