package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.keywords.CodeDress;
import co.stopcovid.drills.keywords.KeywordTable;
import co.stopcovid.drills.keywords.ReactionReports;
import co.stopcovid.drills.keywords.WordRules;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are requests to the engine and no answers, in every supported language at once:
 * case, accents, punctuation, what nobody sees and polite words around them make no difference. A
 * keyword is a whole message, never a part of one; wishes to get no more messages are told by rules
 * over words.
 */
public final class Keywords {
  /** What a message asks for. One can ask for two, depending on the learner's state. */
  public enum Request {
    /** No request: a phone's report that the learner reacted to a message. */
    REACTION,
    /** Help, in the very words that the SMS provider answers. */
    PROVIDER_HELP,
    HELP,
    /** Help, in a question that where a form waits is only a reply outside it. */
    HELP_QUESTION,
    /** The very words that the provider takes for an opt-out, and confirms. */
    PROVIDER_OPT_OUT,
    /** One of those words alone, in other dress. */
    OPT_OUT,
    /** Words that in a drill may also be an answer. */
    WISH_TO_LEAVE,
    OPT_IN,
    MORE,
    /** A language, by its name or without one. */
    LANGUAGE,
    /** Thanks and the like. */
    COURTESY
  }

  /**
   * What a message asks for.
   *
   * @param requests empty for nearly every message
   * @param language the supported language that the whole message names; null when it names none,
   *     or one that the engine does not speak
   */
  public record Heard(Set<Request> requests, @Nullable Language language) {
    static final Heard NOTHING = new Heard(Set.of(), null);

    public static Heard of(Request request) {
      return new Heard(Set.of(request), null);
    }

    public boolean is(Request request) {
      return requests.contains(request);
    }

    public boolean isHelp() {
      return is(Request.HELP) || is(Request.HELP_QUESTION) || is(Request.PROVIDER_HELP);
    }

    /** Whether it may be heard as a wish to get no more messages, in whatever words. */
    public boolean isOptOut() {
      return is(Request.PROVIDER_OPT_OUT) || is(Request.OPT_OUT) || is(Request.WISH_TO_LEAVE);
    }

    public boolean isEmpty() {
      return requests.isEmpty();
    }
  }

  private static final Heard REACTION = Heard.of(Request.REACTION);
  private static final Heard PROVIDER_HELP = Heard.of(Request.PROVIDER_HELP);
  private static final Heard PROVIDER_OPT_OUT = Heard.of(Request.PROVIDER_OPT_OUT);
  private static final Heard WISH = Heard.of(Request.WISH_TO_LEAVE);
  private static final int MAX_POLITE_PHRASES = 4;
  private static final int MOST_REMEMBERED = 4096;

  /** A longer message is no request: three SMS. */
  private static final int LONGEST_MESSAGE = 480;

  /** A reaction quotes the whole message that it is about. */
  private static final int LONGEST_REPORT = 2_000;

  private final Map<String, Heard> whole = new HashMap<>();
  private final Set<String> providerHelp = new HashSet<>();
  private final Set<String> providerOptOut = new HashSet<>();
  private final Set<String> languageNames = new HashSet<>();
  private final Set<String> polite = new HashSet<>();
  private final ProfileValues profileValues;
  private final int longestPolite;

  /** No keyword, whatever stands around it, has so many letters. */
  private final int longestWithPolite;

  /** The characters that polite phrases begin with: looking for others is in vain. */
  private final Set<Character> politeStarts = new HashSet<>();

  private final ShortTexts<Heard> heard = new ShortTexts<>(MOST_REMEMBERED, this::hearAnew);
  private final WordRules rules;
  private final ReactionReports reactions;
  private final CodeDress codes;

  public Keywords(LanguageTables tables) {
    profileValues = new ProfileValues(tables);
    for (LanguageTable table : tables.all()) {
      KeywordTable words = table.keywords();
      providerHelp.addAll(words.providerHelp());
      providerOptOut.addAll(words.providerOptOut());
      add(words.providerHelp(), Request.HELP);
      add(words.help(), Request.HELP);
      add(words.helpQuestions(), Request.HELP_QUESTION);
      add(words.providerOptOut(), Request.OPT_OUT);
      add(words.optOut(), Request.WISH_TO_LEAVE);
      add(words.optIn(), Request.OPT_IN);
      add(words.more(), Request.MORE);
      add(words.courtesy(), Request.COURTESY);
      add(words.language(), Request.LANGUAGE);
      add(words.otherLanguages(), Request.LANGUAGE);
      table.polite().forEach(phrase -> polite.add(FoldedText.words(phrase)));
    }
    for (LanguageTable table : tables.all()) {
      var named = new Heard(Set.of(Request.LANGUAGE), table.language());
      table.names().forEach(name -> add(name, named));
      table.names().forEach(name -> languageNames.add(FoldedText.words(name)));
      Set<String> others = table.keywords().otherLanguages();
      others.forEach(name -> languageNames.add(FoldedText.words(name)));
    }
    polite.forEach(phrase -> politeStarts.add(phrase.charAt(0)));
    longestPolite = polite.stream().mapToInt(String::length).max().orElse(0);
    longestWithPolite =
        whole.keySet().stream().mapToInt(String::length).max().orElse(0)
            + MAX_POLITE_PHRASES * (longestPolite + 1);
    rules = tables.derive(WordRules.class, WordRules::new);
    reactions = tables.derive(ReactionReports.class, ReactionReports::new);
    codes = tables.derive(CodeDress.class, CodeDress::new);
  }

  /** What a person may write into a profile, in the same languages. */
  public ProfileValues profileValues() {
    return profileValues;
  }

  /** What a message asks for, whatever waits for an answer. */
  public Heard hear(String message) {
    return heard.apply(message);
  }

  private Heard hearAnew(String message) {
    String trimmed = message.strip();
    if (trimmed.length() > LONGEST_MESSAGE) {
      return trimmed.length() <= LONGEST_REPORT && reactions.isToQuote(trimmed)
          ? REACTION
          : Heard.NOTHING;
    }
    String words = FoldedText.words(trimmed);
    Heard found = wholeMessage(words);
    if (found != null) {
      return found.is(Request.HELP) || found.is(Request.OPT_OUT) ? dressed(trimmed, found) : found;
    }
    if (reactions.isToQuote(trimmed) || reactions.isToThing(trimmed, words)) {
      return REACTION;
    }
    if (rules.isWish(trimmed, words)) {
      return WISH;
    }
    return Heard.NOTHING;
  }

  public boolean isHelp(String message) {
    return hear(message).isHelp();
  }

  /** Whether it may be heard as a wish to get no more messages, in whatever words. */
  public boolean isOptOut(String message) {
    return hear(message).isOptOut();
  }

  public boolean isOptIn(String message) {
    return hear(message).is(Request.OPT_IN);
  }

  public boolean isMore(String message) {
    return hear(message).is(Request.MORE);
  }

  /** Whether a message is thanks and the like, which needs no answer of a person. */
  public boolean isCourtesy(String message) {
    return hear(message).is(Request.COURTESY)
        || (message.length() <= LONGEST_MESSAGE && rules.isCourtesy(message.strip()));
  }

  /** What of a message may be meant as a registration code, the likeliest first. */
  public List<String> codesIn(String message) {
    return codes.readings(message);
  }

  /**
   * Why no learner could ever register by a code.
   *
   * @return empty when they can
   */
  public Optional<String> whyNoCode(String code) {
    if (FoldedText.words(code).isEmpty()) {
      return Optional.of("has no letter and no digit, so that nobody can send it in other dress");
    }
    Heard heard = hear(code);
    if (heard.is(Request.REACTION)) {
      return Optional.of("is what phones send as a reaction");
    }
    if (heard.isHelp()) {
      return Optional.of("is a keyword: who sends it asks for help");
    }
    if (heard.isOptOut()) {
      return Optional.of("is a keyword: who sends it opts out");
    }
    if (heard.is(Request.OPT_IN) || heard.is(Request.MORE)) {
      return Optional.of("is a keyword: who sends it asks for the next drill");
    }
    return heard.is(Request.LANGUAGE)
        ? Optional.of("is the name of a language: who sends it asks for that")
        : Optional.empty();
  }

  private @Nullable Heard wholeMessage(String words) {
    Heard found = whole.get(words);
    if (found != null || words.length() > longestWithPolite) {
      return found;
    }
    String left = words;
    for (int i = 0; i < MAX_POLITE_PHRASES; i++) {
      String fewer = withoutPolite(left);
      if (fewer.length() == left.length()) {
        return null;
      }
      left = fewer;
      found = whole.get(left);
      if (found != null) {
        return polite(left, found);
      }
    }
    return null;
  }

  /** What comes back and what names a language has to be the whole message. */
  private @Nullable Heard polite(String words, Heard found) {
    if (found.is(Request.OPT_OUT)) {
      return WISH;
    }
    if (languageNames.contains(words)) {
      return null;
    }
    EnumSet<Request> requests = EnumSet.copyOf(found.requests());
    requests.remove(Request.OPT_IN);
    return requests.isEmpty() ? null : new Heard(requests, null);
  }

  /** The provider acts on its words only when nothing but case and white space is different. */
  private Heard dressed(String trimmed, Heard found) {
    String bare = trimmed.toLowerCase(Locale.ROOT);
    if (found.is(Request.HELP)) {
      return providerHelp.contains(bare) ? PROVIDER_HELP : found;
    }
    return providerOptOut.contains(bare) ? PROVIDER_OPT_OUT : found;
  }

  private void add(Set<String> phrases, Request request) {
    phrases.forEach(phrase -> add(phrase, new Heard(Set.of(request), null)));
  }

  private void add(String phrase, Heard heard) {
    whole.merge(FoldedText.words(phrase), heard, Keywords::both);
  }

  private static Heard both(Heard one, Heard other) {
    EnumSet<Request> requests = EnumSet.copyOf(one.requests());
    requests.addAll(other.requests());
    return new Heard(requests, one.language() == null ? other.language() : one.language());
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
