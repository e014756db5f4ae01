package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.CurrentDrill;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.PromptState;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.dialog.WrongCodes;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialogStateCodecTest {
  private static final Map<String, DialogState> STATES =
      Map.of(
          "state-new.json",
          DialogState.initial(Samples.PHONE),
          "state-wrong-codes.json",
          new DialogState(
              Samples.PHONE,
              SequenceNumber.of(17),
              7,
              UserProfile.NEW,
              null,
              new WrongCodes(7, Instant.parse("2026-11-22T10:16:00Z")),
              /* requestedVersion= */ 5),
          "state-in-drill.json",
          new DialogState(
              Samples.PHONE,
              Samples.KINESIS,
              4,
              Samples.PROFILE,
              new CurrentDrill(
                  Samples.DRILL,
                  Samples.INSTANCE,
                  new PromptState(
                      Samples.SOAP,
                      Samples.TIME,
                      1,
                      true,
                      2,
                      Instant.parse("2026-11-22T10:16:00Z")))),
          "state-at-first-try.json",
          state(
              new CurrentDrill(
                  Samples.DRILL,
                  Samples.INSTANCE,
                  new PromptState(Samples.SOAP, Samples.TIME, 0, false, 0, null))),
          "state-without-prompt.json",
          state(new CurrentDrill(Samples.DRILL, Samples.INSTANCE, null)));

  private static DialogState state(CurrentDrill current) {
    return new DialogState(Samples.PHONE, SequenceNumber.of(17), 2, Samples.PROFILE, current);
  }

  static Set<String> files() {
    return STATES.keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsAndWritesStates(String file) {
    DialogState state = Objects.requireNonNull(STATES.get(file));
    assertThat(DialogStateCodec.decode(Golden.read(file), Samples.VERSIONS)).isEqualTo(state);
    Golden.assertWrittenAs(file, DialogStateCodec.encode(state));
  }

  @Test
  void passesOverUnknownFields() {
    String json = Golden.read("state-new.json").replace("{\n", "{\"later\": {\"a\": 1},\n");
    assertThat(DialogStateCodec.decode(json, Samples.VERSIONS))
        .isEqualTo(DialogState.initial(Samples.PHONE));
  }

  @Test
  void stopsWhereTheDrillVersionIsMissing() {
    String json = Golden.read("state-in-drill.json");
    assertThatThrownBy(() -> DialogStateCodec.decode(json, id -> Optional.empty()))
        .isInstanceOf(MissingDrillVersionException.class);
  }

  @Test
  void saysWhereAStateIsMalformed() {
    String json = Golden.read("state-in-drill.json").replace("\"failures\": 1", "\"failures\": -1");
    assertThatThrownBy(() -> DialogStateCodec.decode(json, Samples.VERSIONS))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith("prompt_state.failures: must be a whole number from 0");
  }
}
