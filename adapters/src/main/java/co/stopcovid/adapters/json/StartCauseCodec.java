package co.stopcovid.adapters.json;

import co.stopcovid.dialog.StartCause;
import java.util.Arrays;
import java.util.stream.Collectors;

/** {@code cause} of a drill's start. The first releases did not write it. */
final class StartCauseCodec {
  private static final String FIELD = "cause";
  private static final String KNOWN =
      Arrays.stream(StartCause.values())
          .map(StartCause::wireName)
          .collect(Collectors.joining(", "));

  private StartCauseCodec() {}

  static StartCause read(Fields parent) {
    return parent.has(FIELD)
        ? parent.value(FIELD, "why a drill starts", StartCauseCodec::named)
        : StartCause.SCHEDULED;
  }

  private static StartCause named(String name) {
    return StartCause.find(name)
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + KNOWN));
  }
}
