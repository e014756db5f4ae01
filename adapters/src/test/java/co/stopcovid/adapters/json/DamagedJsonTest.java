package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever arrives, the codecs refuse it in their own words. */
class DamagedJsonTest {
  private static final List<String> PIECES =
      List.of("{", "}", "[", "]", "\"", ":", ",", "null", "1e9", "-1", "\\u0000", "true", "é", " ");
  private static final int ROUNDS = 3_000;

  @ParameterizedTest
  @CsvSource({
    "command-inbound-sms.json, 1",
    "command-trigger-reminder.json, 2",
    "event-batch.json, 3",
    "state-in-drill.json, 4",
    "drill-version.json, 5",
  })
  void isRefused(String file, long seed) {
    String json = Golden.read(file);
    Consumer<String> reader = reader(file);
    for (int round = 0; round < ROUNDS; round++) {
      String damaged = damage(json, new Random(seed * ROUNDS + round));
      try {
        reader.accept(damaged);
      } catch (MalformedJsonException | MissingDrillVersionException e) {
        // As it should be.
      } catch (RuntimeException e) {
        fail("seed %d round %d: %s".formatted(seed, round, damaged), e);
      }
    }
  }

  private static Consumer<String> reader(String file) {
    return switch (file) {
      case "event-batch.json" -> json -> EventBatchCodec.decode(json, Samples.VERSIONS);
      case "state-in-drill.json" -> json -> DialogStateCodec.decode(json, Samples.VERSIONS);
      case "drill-version.json" -> json -> DrillVersionCodec.decode(json, Samples.TABLES);
      default -> CommandCodec::decodeLine;
    };
  }

  private static String damage(String json, Random random) {
    var text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(4));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
