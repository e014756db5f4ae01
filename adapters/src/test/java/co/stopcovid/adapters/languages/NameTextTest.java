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
          你好，我叫小明                    | 小明
          你好！我是李雷。                  | 李雷
          您好 我的名字是王芳               | 王芳
          嗨，我叫小红，很高兴认识你        | 小红
          大家好，我是小明                  | 小明
          我叫 小明                         | 小明
          我的名字：小明                    | 小明
          我的名字叫做小明                  | 小明
          叫我小明就行                      | 小明
          小明，谢谢                        | 小明
          你好我姓王                        | 王
          您好，叫我老王吧                  | 老王
          hola, me llamo Ana                | Ana
          Hola! Me llamo Ana María          | Ana María
          ¡Hola! Soy Pedro.                 | Pedro
          hola buenas tardes soy Juan Carlos| Juan Carlos
          buenas, yo soy la Lupe            | Lupe
          Qué tal, me llamo Ana             | Ana
          hola qué tal soy Ana              | Ana
          Muy buenas, soy Ana               | Ana
          soy el Juan                       | Juan
          bonjour je m'appelle Zoé          | Zoé
          Bonjour, moi c’est Karim          | Karim
          Salut ! Je suis Luc               | Luc
          Bonjour à tous, je m’appelle Marie-Claire Dupont| Marie-Claire Dupont
          Bonsoir, on m'appelle Momo        | Momo
          Bonjour mon nom est Éric          | Éric
          oi, sou a Ana                     | Ana
          Oi! Eu sou o João                 | João
          olá, me chamo Bia                 | Bia
          Oi, tudo bem? Meu nome é João     | João
          oi tudo bom sou a Ana             | Ana
          e aí, aqui é o Zé                 | Zé
          Bom dia, o meu nome é Rui         | Rui
          Hi, my name is Ana                | Ana
          hello! I'm Bob.                   | Bob
          hey there, it's Sam               | Sam
          Hiya I'm Jo                       | Jo
          Good day, my name is Jo           | Jo
          yo its Mike                       | Mike
          howdy, i'm Bill                   | Bill
          Hi 👋 I'm Ana                     | Ana
          Hi everyone, I'm Ana              | Ana
          my name is Ana 😊                 | Ana
          my name is: Ana                   | Ana
          name: Ana                         | Ana
          Name - Ana Lopez                  | Ana Lopez
          It's Ana.                         | Ana
          my name's ana and yours?          | ana
          I am called Ana Lopez Garcia      | Ana Lopez Garcia
          thanks, my name is Ana            | Ana
          Hi Ana                            | Ana
          hola Ana                          | Ana
          Ana, gracias                      | Ana
          everyone calls me Ana             | Ana
          the name's Bond, James Bond       | Bond
          Mi nombre: Ana                    | Ana
          nombre Ana                        | Ana
          Ana es mi nombre                  | Ana
          se llama Ana                      | Ana
          mon prénom : Zoé                  | Zoé
          prénom Zoé                        | Zoé
          c'est Zoé                         | Zoé
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
    "I am not telling",
    "ANA",
    "i am good",
    "i am a cook",
    "hola estoy bien",
    "bonjour ça va",
    "oi tudo bem",
    "你好",
    "hi",
    "hola",
    "soy cocinera",
    "je suis cuisinier",
    "sou cozinheiro",
    "我是护士"
  })
  void whatIsNoSentenceAboutANameStaysAsItIs(String reply) {
    assertThat(names.in(reply)).isEqualTo(reply);
  }
}
