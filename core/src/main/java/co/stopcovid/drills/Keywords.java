package co.stopcovid.drills;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The messages that are requests to the engine and no answers, in every supported language at once:
 * case, accents, punctuation and polite words around them make no difference. Only a whole message
 * is a keyword, never a part of one.
 */
public final class Keywords {
  /** What a keyword asks for. One message can ask for two, depending on the learner's state. */
  public enum Request {
    HELP,
    OPT_OUT,
    OPT_IN,
    MORE
  }

  private static final int MAX_POLITE_PHRASES = 4;

  private final Map<String, Set<Request>> requests = new HashMap<>();
  private final Set<String> polite = new HashSet<>();
  private final int longestPolite;

  /** The characters that polite phrases begin with: looking for others is in vain. */
  private final Set<Character> politeStarts = new HashSet<>();

  /** No keyword, whatever stands around it, is in a longer message. */
  private final int longestMessage;

  public Keywords(LanguageTables tables) {
    for (LanguageTable table : tables.all()) {
      add(table.help(), Request.HELP);
      add(table.optOut(), Request.OPT_OUT);
      add(table.optIn(), Request.OPT_IN);
      add(table.more(), Request.MORE);
      table.polite().forEach(phrase -> polite.add(FoldedText.words(phrase)));
    }
    polite.forEach(phrase -> politeStarts.add(phrase.charAt(0)));
    longestPolite = polite.stream().mapToInt(String::length).max().orElse(0);
    longestMessage =
        requests.keySet().stream().mapToInt(String::length).max().orElse(0)
            + MAX_POLITE_PHRASES * (longestPolite + 1);
  }

  public boolean isHelp(String message) {
    return requestsIn(message).contains(Request.HELP);
  }

  public boolean isOptOut(String message) {
    return requestsIn(message).contains(Request.OPT_OUT);
  }

  public boolean isOptIn(String message) {
    return requestsIn(message).contains(Request.OPT_IN);
  }

  public boolean isMore(String message) {
    return requestsIn(message).contains(Request.MORE);
  }

  /** What a message asks for; empty for nearly every message. */
  public Set<Request> requestsIn(String message) {
    String trimmed = message.strip();
    // Punctuation and emoji may be long; twice the length is room for them.
    if (trimmed.length() > 2 * longestMessage) {
      return Set.of();
    }
    String words = FoldedText.words(trimmed);
    for (int i = 0; i <= MAX_POLITE_PHRASES; i++) {
      Set<Request> found = requests.get(words);
      if (found != null) {
        return found;
      }
      String fewer = withoutPolite(words);
      if (fewer.length() == words.length()) {
        return Set.of();
      }
      words = fewer;
    }
    return Set.of();
  }

  private void add(Set<String> phrases, Request request) {
    for (String phrase : phrases) {
      requests
          .computeIfAbsent(FoldedText.words(phrase), words -> EnumSet.noneOf(Request.class))
          .add(request);
    }
  }

  /** One polite phrase less, at the start or at the end. */
  private String withoutPolite(String words) {
    int length = words.length();
    boolean mayBegin = length > 0 && politeStarts.contains(words.charAt(0));
    for (int end = mayBegin ? Math.min(length - 1, longestPolite) : 0; end > 0; end--) {
      if (isBoundary(words, end) && polite.contains(words.substring(0, end))) {
        return words.substring(end).strip();
      }
    }
    for (int start = Math.max(1, length - longestPolite); start < length; start++) {
      if (isBoundary(words, start)
          && politeStarts.contains(words.charAt(start))
          && polite.contains(words.substring(start))) {
        return words.substring(0, start).strip();
      }
    }
    return words;
  }

  private static boolean isBoundary(String words, int at) {
    return words.charAt(at) == ' '
        || words.charAt(at - 1) == ' '
        || FoldedText.isSpaceless(words.charAt(at - 1))
        || FoldedText.isSpaceless(words.charAt(at));
  }
}
