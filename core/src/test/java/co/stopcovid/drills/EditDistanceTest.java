package co.stopcovid.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "soap, soap, 0",
    "soap, sopa, 1",
    "soap, soa, 1",
    "soap, soaap, 1",
    "soap, sowp, 1",
    "gloves, golvse, 2",
    "hand, brand, 2",
    "'', abc, 3",
    "ca, abc, 3"
  })
  void countsSlips(String one, String other, int distance) {
    assertThat(EditDistance.between(one, other, 9)).isEqualTo(distance);
    assertThat(EditDistance.within(one, other, distance)).isTrue();
    assertThat(EditDistance.within(one, other, distance - 1)).isFalse();
  }

  @Test
  void agreesWithThePlainDefinitionAtEveryLimit() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String one = word(random);
      String other = word(random);
      int distance = plain(one, other);
      for (int limit = 0; limit < 4; limit++) {
        assertThat(EditDistance.within(one, other, limit))
            .as("%s %s within %d", one, other, limit)
            .isEqualTo(distance <= limit);
      }
    }
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  /** The definition of the optimal string alignment distance, without any shortcut. */
  private static int plain(String one, String other) {
    int[][] d = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int exchange = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + exchange, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[one.length()][other.length()];
  }
}
