package co.stopcovid.drills;

import co.stopcovid.drills.AnswerWords.Role;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number on a scale, as {@code from 1 to 5}: in digits, in words, or by the words that the
 * message has beside it.
 */
final class RatingForm implements ReplyForm {
  /** Numbers of a scale have one or two digits; more are a year or a phone number. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");

  private static final Pattern ANY_NUMBER = Pattern.compile("[-−]?\\d+(?:[.,]\\d+)?");

  /** An article is the number one too: "un 4". */
  private static final String ONE = "1";

  /** Two words or figures with a word between them. */
  private static final Pattern BETWEEN =
      Pattern.compile("[\\p{L}\\d] +\\p{L}+( \\p{L}+)? +[\\p{L}\\d]");

  /** A reply longer than this is no rating but a report. */
  private static final int MOST_WORDS_AROUND = 12;

  private final RatingScale scale;
  private final PhraseReader<String> reader = new PhraseReader<>();

  /** What is said in another language than the learner's has to be the number alone. */
  private final PhraseReader<String> foreign;

  private final Set<String> ones = new HashSet<>();

  /** Words that make two numbers a choice or a range, and none out of the other. */
  private final Set<String> joins = new HashSet<>();

  private RatingForm(
      RatingScale scale, List<Choice> options, LanguageTable own, LanguageTables tables) {
    this.scale = scale;
    for (Choice option : options) {
      if (option.isNumbered()) {
        reader.add(Set.of(option.text()), option.label());
      }
    }
    for (int number = scale.least(); number <= 99; number++) {
      reader.add(Set.of(Integer.toString(number)), Integer.toString(number));
    }
    addNumbers(reader, own);
    reader.addWeightless(own);
    reader.addWeightless(own.points());
    foreign = tables.derive(NumberWords.class, NumberWords::of).reader();
    own.answers()
        .of(Role.NUMBER)
        .forEach(
            (phrase, number) -> {
              if (number.equals(ONE)) {
                ones.add(FoldedText.words(phrase));
              }
            });
    for (Role role : List.of(Role.CONJUNCTION, Role.ALTERNATIVE, Role.RANGE, Role.POINT)) {
      own.answers()
          .of(role)
          .forEach(
              (phrase, value) -> {
                if (!value.equals("/")) {
                  joins.add(FoldedText.words(phrase));
                }
              });
    }
  }

  /**
   * The scale that a message asks for.
   *
   * @param language of the learner
   * @return empty when the message lists no numbers
   */
  static Optional<RatingForm> askedBy(
      String question, LanguageTable language, LanguageTables tables) {
    String plain = RatingScale.plain(question);
    List<Choice> options = Choice.listedIn(plain);
    return RatingScale.in(plain, options, language)
        .map(scale -> new RatingForm(scale, options, language, tables));
  }

  /** Numbers in all languages; made once for all prompts. */
  private record NumberWords(PhraseReader<String> reader) {
    static NumberWords of(LanguageTables tables) {
      var reader = new PhraseReader<String>();
      for (LanguageTable each : tables.all()) {
        addNumbers(reader, each);
        reader.addWeightless(each.polite());
      }
      return new NumberWords(reader);
    }
  }

  private static void addNumbers(PhraseReader<String> reader, LanguageTable table) {
    table
        .answers()
        .of(Role.NUMBER)
        .forEach(
            (phrase, number) -> {
              String plain = number.startsWith("*") ? number.substring(1) : number;
              if (NUMBER.matcher(plain).matches()) {
                reader.add(Set.of(phrase), plain);
              }
            });
  }

  /** The one number that the reply says. */
  @Override
  public Optional<String> kept(String reply) {
    String folded = Normalizer.normalize(FoldedText.letters(reply), Normalizer.Form.NFKC);
    Optional<List<String>> said = reader.read(folded);
    if (said.isEmpty() || said.get().isEmpty()) {
      said = foreign.read(folded).filter(numbers -> !numbers.isEmpty());
    }
    return said.isPresent()
        ? one(said.get(), folded)
        : one(figures(folded), folded).filter(number -> isShort(folded));
  }

  private static List<String> figures(String folded) {
    List<String> said = new ArrayList<>();
    Matcher digits = ANY_NUMBER.matcher(folded);
    while (digits.find()) {
      said.add(digits.group());
    }
    return said;
  }

  /** "4", "four (4)", "un 4", "4 out of 5". */
  private Optional<String> one(List<String> said, String reply) {
    var numbers = new ArrayList<>(new LinkedHashSet<>(said));
    List<String> words = List.of(FoldedText.words(reply).split(" ", -1));
    boolean joined = words.stream().anyMatch(joins::contains);
    if (numbers.size() > 1 && !joined && words.stream().anyMatch(ones::contains)) {
      numbers.remove(ONE);
    }
    boolean outOfAll =
        numbers.size() == 2
            && numbers.getLast().equals(Integer.toString(scale.most()))
            && (reply.contains("/") || (!joined && BETWEEN.matcher(reply).find()));
    return numbers.size() == 1 || outOfAll
        ? Optional.of(numbers.getFirst()).filter(this::isOnScale)
        : Optional.empty();
  }

  private static boolean isShort(String reply) {
    return FoldedText.words(reply).split(" ", -1).length <= MOST_WORDS_AROUND;
  }

  private boolean isOnScale(String number) {
    return NUMBER.matcher(number).matches() && scale.holds(Integer.parseInt(number));
  }

  @Override
  public String example() {
    return Integer.toString(scale.most());
  }
}
