package co.stopcovid.standalone.simulate;

import co.stopcovid.common.Language;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the simulator says first, in the learner's language. */
final class Greeting {
  private static final String ENGLISH =
      """
      You are a learner, and this is your phone: type what you would text. Nothing is really sent.
      Text %s to register%s. /help shows what else there is, Ctrl-D ends.""";

  private static final Map<String, String> TEXTS =
      Map.of(
          "es",
          """
          Estás aprendiendo y este es tu teléfono: escribe tus mensajes. No se envía nada de verdad.
          Envía %s para registrarte%s. /help muestra lo demás (en inglés); Ctrl-D termina.""",
          "fr",
          """
          Vous apprenez, et voici votre téléphone : écrivez vos messages. Rien n'est vraiment envoyé.
          Envoyez %s pour vous inscrire%s. /help montre le reste (en anglais), Ctrl-D termine.""",
          "pt",
          """
          Você está aprendendo, e este é o seu telefone: escreva suas mensagens. Nada é enviado de verdade.
          Envie %s para se registrar%s. /help mostra o resto (em inglês); Ctrl-D termina.""",
          "zh",
          """
          您是学员，这是您的手机：请输入您要发送的短信，不会真的发出。
          发送 %s 注册%s。/help 显示其他功能（英文），Ctrl-D 结束。""");

  private Greeting() {}

  /**
   * @param code one that registers
   * @param company who gave it; may be empty
   */
  static String in(@Nullable Language language, String code, String company) {
    String text = language == null ? ENGLISH : TEXTS.getOrDefault(language.code(), ENGLISH);
    return text.formatted(code, company.isBlank() ? "" : " (" + company + ")");
  }
}
