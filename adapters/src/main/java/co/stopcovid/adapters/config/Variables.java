package co.stopcovid.adapters.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables as values. One that is set to nothing counts as not set; one that cannot be
 * read is refused with its name and an example, never with its value, which may be a secret.
 */
public record Variables(Map<String, String> environment) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(365);

  private record Unit(String name, Duration length) {}

  /** The longest first. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", Duration.ofDays(1)),
          new Unit("h", Duration.ofHours(1)),
          new Unit("m", Duration.ofMinutes(1)),
          new Unit("s", Duration.ofSeconds(1)));

  public Variables {
    environment = Map.copyOf(environment);
  }

  /** Null when it is not set. */
  public @Nullable String text(String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  public String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  public int number(String name, int otherwise, int least, int most) {
    return read(
        name,
        otherwise,
        "a number from %d to %d, such as %d".formatted(least, most, otherwise),
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException();
          }
          return number;
        });
  }

  public double rate(String name, double otherwise) {
    return read(
        name,
        otherwise,
        "a number a second above 0, such as 0.5 or 20",
        text -> {
          double rate = Double.parseDouble(text);
          if (!(rate > 0 && rate <= 1_000_000)) {
            throw new IllegalArgumentException();
          }
          return rate;
        });
  }

  public Duration duration(String name, Duration otherwise) {
    return duration(name, otherwise, Duration.ZERO, LONGEST);
  }

  /**
   * A duration within bounds.
   *
   * @param least the shortest that can be
   * @param most the longest that can be
   */
  public Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    String range = "from %s to %s, such as %s".formatted(in(least), in(most), in(otherwise));
    Duration given = read(name, otherwise, "a duration " + range, Variables::parse);
    if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      throw new SettingException("%s is %s, but must be %s".formatted(name, in(given), range));
    }
    return given;
  }

  /**
   * Durations that grow, separated by commas; {@code off} for none.
   *
   * @param least the shortest that can be
   * @param most the longest that can be
   * @param count how many there may be
   */
  public List<Duration> durations(
      String name, List<Duration> otherwise, Duration least, Duration most, int count) {
    String text = text(name);
    if (text == null || text.equalsIgnoreCase("off")) {
      return text == null ? otherwise : List.of();
    }
    String[] items = text.split(",", -1);
    List<Duration> read = new ArrayList<>();
    Duration before = null;
    for (int i = 0; i < items.length && i < count; i++) {
      Duration step = null;
      try {
        step = parse(items[i].strip());
      } catch (IllegalArgumentException e) {
        throw notAList(name, "its item %d is no duration".formatted(i + 1), otherwise, e);
      }
      if (step.compareTo(least) < 0 || step.compareTo(most) > 0) {
        String range = "must be from %s to %s".formatted(in(least), in(most));
        throw notAList(name, "%s %s".formatted(in(step), range), otherwise, null);
      }
      if (before != null && step.compareTo(before) <= 0) {
        String order = "%s is not longer than %s before it".formatted(in(step), in(before));
        throw notAList(name, order, otherwise, null);
      }
      read.add(step);
      before = step;
    }
    if (items.length > count) {
      String many = "it has %d items, but %d at most are possible".formatted(items.length, count);
      throw notAList(name, many, otherwise, null);
    }
    return read;
  }

  private static SettingException notAList(
      String name, String fault, List<Duration> example, @Nullable Exception cause) {
    String usual = String.join(",", example.stream().map(Variables::in).toList());
    String message =
        "%s must be durations that grow, such as %s, or off: %s".formatted(name, usual, fault);
    return cause == null ? new SettingException(message) : new SettingException(message, cause);
  }

  /** A duration as the variables have it, such as 90m. */
  public static String in(Duration duration) {
    long millis = duration.toMillis();
    for (var unit : UNITS) {
      if (millis % unit.length().toMillis() == 0 && (millis > 0 || unit.name().equals("s"))) {
        return millis / unit.length().toMillis() + unit.name();
      }
    }
    return millis + "ms";
  }

  private static Duration parse(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException();
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  public LocalTime time(String name, LocalTime otherwise) {
    return read(name, otherwise, "a time of the day such as 17:05", LocalTime::parse);
  }

  public ZoneId zone(String name, ZoneId otherwise) {
    return read(name, otherwise, "a time zone such as America/New_York", ZoneId::of);
  }

  /** An address of the web; null when it is not set. */
  public @Nullable URI web(String name) {
    if (text(name) == null) {
      return null;
    }
    return read(
        name,
        URI.create("http://localhost"),
        "an address such as https://dialog.example.org",
        text -> {
          URI uri = URI.create(text);
          boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          if (!isWeb || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException();
          }
          return uri;
        });
  }

  /**
   * Reads one value.
   *
   * @param expected what it must be, in words
   * @param reader throws IllegalArgumentException or DateTimeException for what cannot be
   */
  public <T> T read(String name, T otherwise, String expected, Function<String, T> reader) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new SettingException("%s must be %s".formatted(name, expected), e);
    }
  }
}
