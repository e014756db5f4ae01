package co.stopcovid.standalone.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
  private static final long MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({"128, 64", "256, 64", "512, 128", "1000, 250", "2048, 512", "64000, 512"})
  void theBuffersAreAQuarterOfTheMemoryWithinBounds(long memory, long buffers) {
    assertThat(ServerSettings.sharedBuffers(memory * MEGABYTE)).isEqualTo(buffers);
  }
}
