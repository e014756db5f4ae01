package co.stopcovid.drills;

import co.stopcovid.common.Language;
import co.stopcovid.drills.keywords.NameText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reply has to be that is kept in the profile, and what is kept of it. */
interface ReplyForm {
  /** Any reply will do, and is kept as it stands. */
  ReplyForm ANY =
      new ReplyForm() {
        @Override
        public Optional<String> kept(String reply) {
          return Optional.of(reply);
        }

        @Override
        public String example() {
          return "";
        }
      };

  /** What is kept of a reply; empty: it is outside the form. */
  Optional<String> kept(String reply);

  /** A reply that has the form, in the learner's language. */
  String example();

  /**
   * The form of the replies to a prompt.
   *
   * @param key where they are kept; null: nowhere
   * @param question all texts of the prompt
   * @param language of the learner
   * @param taught the languages that the course is taught in
   */
  static ReplyForm of(
      @Nullable ProfileKey key,
      String question,
      LanguageTables tables,
      Language language,
      List<Language> taught) {
    if (ProfileKey.LANGUAGE.equals(key)) {
      return new LanguageForm(new LanguageChoice(tables), question, taught, tables, language);
    }
    if (ProfileKey.NAME.equals(key)) {
      return new NameForm(tables.derive(NameText.class, NameText::new));
    }
    if (key != null && key.isRating()) {
      return RatingForm.askedBy(question, tables.find(language).orElseGet(tables::english), tables)
          .<ReplyForm>map(form -> form)
          .orElse(ANY);
    }
    if (ProfileKey.SCHEDULE_DAYS.equals(key)) {
      return new DaysForm(tables, language);
    }
    if (ProfileKey.SCHEDULE_TIME.equals(key)) {
      return new TimeForm(tables, language);
    }
    return ANY;
  }

  /** One of the languages that are taught; what is kept is its code. */
  record LanguageForm(
      LanguageChoice choice,
      String question,
      List<Language> taught,
      LanguageTables tables,
      Language language)
      implements ReplyForm {
    @Override
    public Optional<String> kept(String reply) {
      return choice.recognise(reply, question).filter(taught::contains).map(Language::code);
    }

    @Override
    public String example() {
      return tables.listed(taught, language);
    }
  }

  /** Any reply will do; of a sentence the name in it is kept. */
  record NameForm(NameText names) implements ReplyForm {
    @Override
    public Optional<String> kept(String reply) {
      return Optional.of(names.in(reply));
    }

    @Override
    public String example() {
      return "";
    }
  }
}
