package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.keywords.NameText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTextTest {
  private final NameText names = new NameText(BuiltInLanguages.load());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          My name is Rosa                   | Rosa
          my name is Rosa Linda Diaz.       | Rosa Linda Diaz
          Hi, I'm Bo                        | Bo
          This is Tom, nice to meet you     | Tom
          Rosa here                         | Rosa
          Me llamo Iker                     | Iker
          Hola, soy Marisol                 | Marisol
          Mi nombre es José Luis            | José Luis
          Je m'appelle Zoé                  | Zoé
          Moi c'est Karim                   | Karim
          Meu nome é João                   | João
          Eu sou a Bia                      | Bia
          我叫小红                          | 小红
          我的名字是李雷                    | 李雷
          """)
  void theNameOfASentenceIsKept(String reply, String name) {
    assertThat(names.in(reply)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "Rosa",
    "Will",
    "Mai",
    "Im",
    "Rosa Linda",
    "Al-Amin",
    "O'Neil",
    "小红",
    "D. J.",
    "I am not telling"
  })
  void whatIsNoSentenceAboutANameStaysAsItIs(String reply) {
    assertThat(names.in(reply)).isEqualTo(reply);
  }
}
