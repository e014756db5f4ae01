package co.stopcovid.adapters.twilio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio's error codes are about, in words, and what to do: a table. Twilio's own words are
 * not used, since they may hold a learner's number.
 */
public final class TwilioErrors {
  /** What an answer is about. */
  public enum About {
    /** All messages: Twilio refuses us. */
    ACCOUNT,
    /** This message alone, for good. */
    MESSAGE,
    /** It may be well in a moment. */
    MOMENT,
    /** The learner opted out at Twilio. */
    LEARNER
  }

  /** A row of the table. */
  public record Known(int code, About about, String meaning, String advice) {}

  private static final String TABLE = "errors.tsv";
  private static final int COLUMNS = 4;
  private static final Map<Integer, Known> ALL = read();

  /** Answers without a code that are about the account, whatever the message. */
  private static final Set<Integer> ACCOUNT_STATUS = Set.of(401, 403, 404);

  /** Answers of something between us and Twilio. */
  private static final Set<Integer> MOMENT_STATUS = Set.of(405, 407);

  private static final Pattern IN_REASON = Pattern.compile("Twilio error ([0-9]{1,9})");

  private TwilioErrors() {}

  /** What the table says of a code; empty when it does not have it. */
  public static Optional<Known> of(int code) {
    return Optional.ofNullable(ALL.get(code));
  }

  /** The code in a reason that was written by {@link #words}. */
  public static Optional<Integer> codeIn(String reason) {
    Matcher matcher = IN_REASON.matcher(reason);
    return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  /** What the table says of a reason that was written by {@link #words}. */
  public static Optional<Known> inReason(String reason) {
    return codeIn(reason).flatMap(TwilioErrors::of);
  }

  /**
   * What an answer other than 2xx and 5xx is about.
   *
   * @param code Twilio's; null for none
   */
  static About about(int status, @Nullable Integer code) {
    Known known = code == null ? null : ALL.get(code);
    if (known != null) {
      return known.about();
    }
    if (ACCOUNT_STATUS.contains(status)) {
      return About.ACCOUNT;
    }
    return MOMENT_STATUS.contains(status) ? About.MOMENT : About.MESSAGE;
  }

  /** A code in words: for ledger and log, and without anything of a learner's. */
  static String words(int code) {
    return "Twilio error %d%s"
        .formatted(code, of(code).map(known -> ": " + known.meaning()).orElse(""));
  }

  /** The same with what to do. */
  static String wordsAndAdvice(int code) {
    return words(code) + of(code).map(known -> "; " + known.advice()).orElse("");
  }

  private static Map<Integer, Known> read() {
    try (InputStream table = TwilioErrors.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing");
      }
      Map<Integer, Known> all = new HashMap<>();
      new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(TwilioErrors::row)
          .forEach(
              row -> {
                if (all.put(row.code(), row) != null) {
                  throw new IllegalStateException("%s has %d twice".formatted(TABLE, row.code()));
                }
              });
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Known row(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException("%s: %d columns: %s".formatted(TABLE, columns.length, line));
    }
    return new Known(
        Integer.parseInt(columns[0]),
        About.valueOf(columns[1].toUpperCase(Locale.ROOT)),
        columns[2],
        columns[3]);
  }
}
