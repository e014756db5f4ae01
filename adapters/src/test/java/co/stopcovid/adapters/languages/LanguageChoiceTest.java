package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.common.Language;
import co.stopcovid.drills.LanguageChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageChoiceTest {
  private static final String MENU =
      """
      What language do you prefer? / ¿Qué idioma prefiere?
      1) English
      2) Español
      3. Français
      (4) Português
      5 - 中文
      """;
  private static final String LETTERS = "Language?\nA. English\nB. Español - Spanish\nC. 中文";

  private final LanguageChoice choice = new LanguageChoice(BuiltInLanguages.load());

  @ParameterizedTest
  @CsvSource({
    "es, es",
    "ES, es",
    "'ES - Español', es",
    "español, es",
    "espanol, es",
    "ESPAÑOL!, es",
    "Spanish, es",
    "espagnol, es",
    "西班牙语, es",
    "en español, es",
    "espanish, es",
    "espanol por favor, es",
    "es-MX, es",
    "EN, en",
    "English, en",
    "inglés, en",
    "INGLES, en",
    "i speak english, en",
    "englsh, en",
    "Inglish, en",
    "fr, fr",
    "français, fr",
    "francais, fr",
    "French please, fr",
    "pt, pt",
    "pt-BR, pt",
    "portugues, pt",
    "Portugese, pt",
    "中文, zh",
    "chinese, zh",
    "我说中文, zh",
    "简体中文, zh",
    "ZH, zh",
    "普通话, zh",
    "2, es",
    "2), es",
    "2., es",
    "(2), es",
    "1, en",
    "3, fr",
    "4, pt",
    "5, zh",
    "option 2, es",
    "la 2, es",
    "esp, es",
    "ESP., es",
    "esp please, es",
    "eng, en",
    "ENG please, en",
    "es please, es",
    "EN please, en",
    "en por favor, en",
    "fr svp, fr",
    "pt obrigada, pt",
    "zh 谢谢, zh",
    "fra, fr",
    "por, pt",
    "portu, pt",
    "engl, en",
    "españ, es",
    "2 Español, es",
    "2) español por favor, es",
    "español (2), es",
    "2 please, es",
    "２, es",
    "2️⃣, es",
    "2) Español, es"
  })
  void recognises(String reply, String code) {
    assertThat(choice.recognise(reply, MENU)).contains(new Language(code));
  }

  @ParameterizedTest
  @CsvSource({"a, en", "B, es", "b), es", "(c), zh", "b. Español, es"})
  void recognisesTheLetterOfAMenu(String reply, String code) {
    assertThat(choice.recognise(reply, LETTERS)).contains(new Language(code));
  }

  @ParameterizedTest
  @CsvSource({"1, en", "2, es", "en, en"})
  void recognisesTheNumberInASentence(String reply, String code) {
    assertThat(choice.recognise(reply, "Reply 1 for English, 2 para Español"))
        .contains(new Language(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "🇪🇸",
        "6",
        "0",
        "22",
        "Klingon",
        "German",
        "english or spanish",
        "English, español",
        "not english",
        "no hablo inglés",
        "what",
        "b",
        "de",
        "es en",
        "span",
        "不要中文",
        "french fries are not a language",
        "acme-1",
        "man",
        "port",
        "cast",
        "franc",
        "espanto",
        "1 Español",
        "Español 3",
        "4中文",
        "what is this",
        "I have 2 kids"
      })
  void doesNotGuess(String reply) {
    assertThat(choice.recognise(reply, MENU)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "a", "b)"})
  void aNumberMeansNothingWithoutAMenu(String reply) {
    assertThat(choice.recognise(reply, "What language do you prefer?")).isEmpty();
  }
}
