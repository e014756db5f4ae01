package co.stopcovid.standalone.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;

/** Writes pages from the templates, which were compiled with the program. */
final class Screen {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:;"
              + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options",
          "nosniff",
          // To no other site. Without any, a browser would not tell even us where a form is from.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Screen.class.getClassLoader(), Screen.class.getPackageName());

  /** What every answer of the console says to the browser. */
  static void protect(Context context) {
    HEADERS.forEach(context::header);
  }

  void show(Context context, HttpStatus status, String template, Frame frame, Object view) {
    var page = new StringOutput();
    templates.render(template, Map.of("frame", frame, "view", view), page);
    context.status(status).contentType("text/html; charset=utf-8").result(page.toString());
  }
}
