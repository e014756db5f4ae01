package co.stopcovid.adapters.languages;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.Keywords.Request;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {
  private final Keywords keywords = new Keywords(BuiltInLanguages.load());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop",
        "STOP",
        "Stop.",
        "STOP!!",
        "“Stop.”",
        " stop ",
        "'stop'",
        "please stop",
        "Stop please",
        "STOP 🛑",
        "stopall",
        "Stop All",
        "UNSUBSCRIBE",
        "unsubscribe",
        "QUIT",
        "quıt",
        "cancel",
        "end",
        "revoke",
        "opt out",
        "Opt-Out",
        "OPTOUT",
        "stop texting me",
        "Please stop texting me!",
        "remove me",
        "take me off this list",
        "leave me alone",
        "no more messages",
        "do not text me",
        "don't text me",
        "don’t text me please",
        "ｓｔｏｐ",
        "baja",
        "BAJA",
        "cancelar",
        "no quiero más mensajes",
        "no quiero mas mensajes",
        "¡Basta!",
        "arrêt",
        "ARRET",
        "arreter",
        "stopper",
        "désabonner",
        "se desabonner svp",
        "arrêtez de m'écrire",
        "Arrêtez de m’écrire",
        "sair",
        "Parar",
        "não quero mais mensagens",
        "停止",
        "退订",
        "取消",
        "请停止",
        "停止。",
        "请停止发送",
        "hi, please stop texting me, thanks",
        "s\u200btop"
      })
  void asksToStop(String message) {
    assertThat(keywords.isOptOut(message)).isTrue();
    assertThat(keywords.isHelp(message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "?",
        "🛑",
        "alto",
        "stop the bus",
        "stop spreading germs",
        "stopping",
        "don't stop",
        "end of shift",
        "para",
        "b",
        "soap",
        "no",
        "non",
        "please",
        "thank you",
        "gracias",
        "the end of the line",
        "cancel the order",
        "remove gloves",
        "nonstop",
        "quite",
        "bend",
        "parar en la línea",
        "停车",
        "取消订单"
      })
  void isAnOrdinaryAnswer(String message) {
    assertThat(keywords.hear(message).requests()).isSubsetOf(Request.COURTESY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"help", "HELP", "info", "INFO!", "Help please", "ayuda", "aide", "Ajuda", "帮助"})
  void asksForHelp(String message) {
    assertThat(keywords.isHelp(message)).isTrue();
    assertThat(keywords.isOptOut(message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "START", "Start.", "unstop", "yes", "Yes!", "“yes”"})
  void asksToComeBack(String message) {
    assertThat(keywords.isOptIn(message)).isTrue();
  }

  /** The public contract names three words, which the provider knows too; others are no consent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes please",
        "start please",
        "restart",
        "sí",
        "oui",
        "sim",
        "是",
        "empezar",
        "commencer"
      })
  void doesNotComeBackByOtherWords(String message) {
    assertThat(keywords.isOptIn(message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Español", "español.", "SPANISH", "“Français”", "中文", "German"})
  void namesALanguage(String message) {
    assertThat(keywords.hear(message).is(Request.LANGUAGE)).isTrue();
  }

  /** A whole name alone, and no sentence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Español por favor",
        "English please",
        "alemán por favor",
        "请说中文",
        "español, gracias"
      })
  void aLanguageInASentenceIsNoRequest(String message) {
    assertThat(keywords.hear(message).is(Request.LANGUAGE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "more",
        "MORE",
        "More please",
        "más",
        "mas",
        "plus",
        "encore",
        "mais",
        "更多",
        "next"
      })
  void asksForMore(String message) {
    assertThat(keywords.isMore(message)).isTrue();
  }

  @Test
  void noMessageStopsInOneStateAndStartsInAnother() {
    for (String message : new String[] {"stop", "yes", "more", "help"}) {
      assertThat(keywords.hear(message).requests()).hasSize(1);
    }
    assertThat(keywords.hear("start").requests())
        .containsExactlyInAnyOrder(Request.OPT_IN, Request.MORE);
  }

  @Test
  void theDefaultLocaleMakesNoDifference() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("tr", "TR"));
    try {
      assertThat(keywords.isHelp("INFO")).isTrue();
      assertThat(keywords.isMore("INICIAR")).isTrue();
      assertThat(new Keywords(BuiltInLanguages.load()).isOptOut("QUIT")).isTrue();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void longMessagesAreRejectedAtOnce() {
    String hostile = "please ".repeat(3_000) + "stop";
    Assertions.assertTimeout(
        Duration.ofMillis(200),
        () -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(keywords.isOptOut(hostile)).isFalse();
          }
        });
  }
}
