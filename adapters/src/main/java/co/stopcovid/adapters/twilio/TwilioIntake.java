package co.stopcovid.adapters.twilio;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.NewCommand;
import co.stopcovid.sms.DeliveryReport;
import co.stopcovid.sms.DeliveryReports;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what Twilio posts: learners' messages become commands, reports go to the ledger. It
 * returns when that is safe from a crash; what it throws means that Twilio should be told to come
 * again. It knows no HTTP server.
 */
public final class TwilioIntake {
  /** Twilio's own forms have some 30 parameters and, with ten pictures, some 50. */
  public static final int MOST_PARAMETERS = 200;

  /** A name for the dead letters. */
  static final String SOURCE = "twilio";

  private final PublicAddress address;
  private final TwilioSignature signature;
  private final CommandStream commands;
  private final Function<DeliveryReport, DeliveryReports.Outcome> reports;
  private final Consumer<List<DeadLetter>> deadLetters;
  private final InstantSource clock;

  /**
   * @param publicUrl what Twilio calls, up to where the path begins that a request is taken in with
   * @param reports takes a report in: the ledger itself, or a queue before it
   * @param deadLetters keeps what is no message, for a person
   */
  public TwilioIntake(
      String publicUrl,
      TwilioSignature signature,
      CommandStream commands,
      Function<DeliveryReport, DeliveryReports.Outcome> reports,
      Consumer<List<DeadLetter>> deadLetters,
      InstantSource clock) {
    this.address = new PublicAddress(publicUrl);
    this.signature = signature;
    this.commands = commands;
    this.reports = reports;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  private boolean isSigned(String called, TwilioForm form, String header) {
    boolean signed = false;
    for (String base : address.spellings()) {
      // All are tried, whatever came before, so that the time taken says nothing.
      signed |= signature.isValid(base + called, form.all(), header);
    }
    return signed;
  }

  /** The address that a request must be signed for, but for what its query says. */
  public String signedAddress(String path) {
    return address.asGiven() + path;
  }

  /** What became of a request. */
  public enum Result {
    MESSAGE,
    REPORT,
    /** A report on a message that the ledger does not have. */
    UNKNOWN_MESSAGE,
    /** It is Twilio's, but no message that could be taken in. It is kept for a person. */
    DEAD_LETTER,
    /** It is not signed as Twilio would: nothing was done. */
    FORGED,
    /** It is no form: nothing was done. */
    MALFORMED
  }

  /**
   * Takes in a request.
   *
   * @param path as received, from its slash on
   * @param rawQuery as received, not decoded; null when there is none
   * @param body the form as received
   * @param signatureHeader null when there is none
   */
  public Result take(
      String path, @Nullable String rawQuery, byte[] body, @Nullable String signatureHeader) {
    TwilioForm form;
    TwilioForm query;
    try {
      form = TwilioForm.parse(new String(body, StandardCharsets.UTF_8), MOST_PARAMETERS);
      query = TwilioForm.parse(rawQuery == null ? "" : rawQuery, MOST_PARAMETERS);
    } catch (IllegalArgumentException e) {
      return Result.MALFORMED;
    }
    String called = path + (rawQuery == null ? "" : "?" + rawQuery);
    if (signatureHeader == null || !isSigned(called, form, signatureHeader)) {
      return Result.FORGED;
    }
    TwilioForm clean = form.withoutNul();
    return StatusCallback.isReport(clean)
        ? report(clean, query.withoutNul())
        : message(clean, TwilioForm.withoutNul(new String(body, StandardCharsets.UTF_8)));
  }

  private Result report(TwilioForm form, TwilioForm query) {
    String token = query.first(TwilioGateway.TOKEN_PARAMETER).orElse(null);
    Optional<DeliveryReport> report = StatusCallback.read(form, token);
    if (report.isEmpty()) {
      return Result.UNKNOWN_MESSAGE;
    }
    return switch (reports.apply(report.get())) {
      case WRITTEN, NO_NEWS -> Result.REPORT;
      case UNKNOWN_MESSAGE -> Result.UNKNOWN_MESSAGE;
    };
  }

  private Result message(TwilioForm form, String encoded) {
    NewCommand command;
    try {
      String sid =
          form.first("MessageSid")
              .or(() -> form.first("SmsSid"))
              .orElseThrow(() -> new IllegalArgumentException("there is no MessageSid"));
      String from =
          form.first("From").orElseThrow(() -> new IllegalArgumentException("there is no From"));
      command =
          new NewCommand(
              new ReceiveSms(new PhoneNumber(from), form.first("Body").orElse(""), form.flat()),
              sid);
    } catch (IllegalArgumentException e) {
      bury(form, encoded, String.valueOf(e.getMessage()));
      return Result.DEAD_LETTER;
    }
    commands.append(List.of(command));
    return Result.MESSAGE;
  }

  private void bury(TwilioForm form, String encoded, String reason) {
    String id =
        form.first("MessageSid")
            .filter(sid -> !sid.isBlank() && sid.length() <= NewCommand.LONGEST_KEY)
            .orElseGet(
                () -> UUID.nameUUIDFromBytes(encoded.getBytes(StandardCharsets.UTF_8)).toString());
    deadLetters.accept(
        List.of(
            new DeadLetter(
                SOURCE, id, encoded, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
  }
}
