package co.stopcovid.drills.keywords;

import co.stopcovid.drills.FoldedText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How phones that write one language report a reaction to a message: nothing but words of the
 * report around a quoted text or a thing ("an image"), in any order.
 */
final class ReactionRules {
  private static final int MOST_PHRASES = 14;
  private static final Pattern EMOJI = Pattern.compile(String.valueOf(SpokenText.EMOJI));

  private final Pattern report;
  private final Pattern says;
  private final Pattern acts;
  private final Pattern marks;
  private final Pattern things;
  private final Pattern words;

  ReactionRules(KeywordTable.Reactions table) {
    report =
        Pattern.compile(
            "(?: |\\| |☺ |“|"
                + PhrasePattern.anyOf(
                    folded(
                        List.of(
                            table.says(),
                            table.acts(),
                            table.marks(),
                            table.words(),
                            table.things())))
                + "){1,"
                + MOST_PHRASES
                + "}");
    says = any(table.says());
    acts = any(table.acts());
    marks = any(table.marks());
    things = any(table.things());
    words = any(table.words());
  }

  /** Last words of things: only a text that ends with one, or quotes something, is a report. */
  static Set<String> lastWords(KeywordTable.Reactions table) {
    Set<String> last = new HashSet<>();
    for (String thing : folded(List.of(table.things()))) {
      last.add(thing.substring(thing.lastIndexOf(' ') + 1));
    }
    return last;
  }

  /** Whether what stands around a quoted text is the report of a reaction to it. */
  boolean isReport(QuotedText quoted) {
    String before = SpokenText.withEmoji(quoted.before()).strip();
    if (before.isEmpty()) {
      return false;
    }
    // 对“…”👍: behind the quote, an emoji by itself counts in a language without spaces alone.
    boolean towards =
        EMOJI.matcher(before).find()
            || FoldedText.isSpaceless(before.codePointBefore(before.length()));
    return isReport(
        ' ' + before + ' ' + SpokenText.QUOTE + SpokenText.withEmoji(quoted.after()), towards);
  }

  /** Whether a text that quotes nothing reports a reaction to a thing. */
  boolean isReportOfThing(String message) {
    String spoken = SpokenText.withEmoji(message);
    return things.matcher(spoken).find() && isReport(spoken, words.matcher(spoken).find());
  }

  /**
   * @param towards whether an emoji in it is one about the quoted text or the thing
   */
  private boolean isReport(String spoken, boolean towards) {
    if (!report.matcher(spoken).matches()) {
      return false;
    }
    boolean emoji = EMOJI.matcher(spoken).find();
    return says.matcher(spoken).find()
        || (emoji && towards)
        || (acts.matcher(spoken).find() && (emoji || marks.matcher(spoken).find()));
  }

  private static Pattern any(Collection<String> phrases) {
    List<String> folded = folded(List.of(phrases));
    return folded.isEmpty()
        ? Pattern.compile("(?!)")
        : Pattern.compile("(?<![^ ☺|“\\p{IsHan}])" + PhrasePattern.anyOf(folded));
  }

  private static List<String> folded(Collection<? extends Collection<String>> phrases) {
    return phrases.stream().flatMap(Collection::stream).map(FoldedText::words).distinct().toList();
  }
}
