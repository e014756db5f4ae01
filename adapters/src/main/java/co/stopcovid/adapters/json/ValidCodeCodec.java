package co.stopcovid.adapters.json;

import co.stopcovid.dialog.CodeVerdict;

/** What is valid about a registration code: {@code {"is_demo":false,"account_info":{…}}}. */
public final class ValidCodeCodec {
  private ValidCodeCodec() {}

  /**
   * Reads a verdict.
   *
   * @throws MalformedJsonException when it has not that form; the message names the field
   */
  public static CodeVerdict.Valid decode(String json) {
    Fields fields = Fields.of(Json.parse(json), "a valid code");
    return new CodeVerdict.Valid(fields.truth("is_demo"), AccountInfoCodec.read(fields));
  }

  /**
   * Reads a verdict as people write it: both fields may be missing, and there are no others.
   *
   * @throws MalformedJsonException when it has not that form; the message names the field
   */
  public static CodeVerdict.Valid read(Fields fields) {
    fields.only("is_demo", "account_info");
    return new CodeVerdict.Valid(fields.truthOr("is_demo", false), AccountInfoCodec.read(fields));
  }

  /**
   * Reads what a registration service answers: {@code {"valid":true,"is_demo":…,"account_info":…}},
   * where all but {@code valid} may be missing, and {@code "True"} is true.
   *
   * @throws MalformedJsonException when it has not that form; the message names the field
   */
  public static CodeVerdict decodeAnswer(String json) {
    Fields fields = Fields.of(Json.parse(json), "an answer of the registration service");
    if (!fields.truthInWords("valid")) {
      return new CodeVerdict.Invalid();
    }
    boolean isDemo = fields.has("is_demo") && fields.truthInWords("is_demo");
    return new CodeVerdict.Valid(isDemo, AccountInfoCodec.read(fields));
  }

  public static String encode(CodeVerdict.Valid verdict) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("is_demo", verdict.isDemo());
          AccountInfoCodec.write(json, verdict.accountInfo());
          json.writeEndObject();
        });
  }
}
