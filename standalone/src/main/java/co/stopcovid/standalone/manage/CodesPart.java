package co.stopcovid.standalone.manage;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ValidCodeCodec;
import co.stopcovid.adapters.languages.UsableCodes;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.standalone.UsageException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dialog manage codes}. */
@Command(
    name = "codes",
    description = {
      "Registration codes kept in the database.",
      "They are not asked where REGISTRATION_VALIDATION_URL names a service that knows the codes."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class CodesPart implements Runnable {
  private final Visitor visitor;

  @Spec @Nullable CommandSpec spec;

  CodesPart(Visitor visitor) {
    this.visitor = visitor;
  }

  @Override
  public void run() {
    ManageCommand.missing(spec, "list, add, remove or import");
  }

  @Command(name = "list", description = "Lists them all.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "One JSON object a line.") boolean json) {
    return visitor.list(
        "/codes",
        null,
        Integer.MAX_VALUE,
        json,
        Column.of("CODE", "/code"),
        Column.of("COMPANY", "/stands_for/account_info/company"),
        new Column("DEMO", code -> code.at("/stands_for/is_demo").asBoolean() ? "yes" : ""));
  }

  @Command(
      name = "add",
      description = "Adds a code; one that is there gets the new meaning.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(
              paramLabel = "CODE",
              description = "What learners send; capital and small letters make no difference.")
          String code,
      @Option(names = "--company", paramLabel = "NAME", description = "Whose code it is.")
          @Nullable String company,
      @Option(names = "--demo", description = "Learners may register again with other codes.")
          boolean demo,
      @Option(
              names = "--info",
              paramLabel = "KEY=VALUE",
              description = "More of account_info, for reports. Can be given several times.")
          @Nullable Map<String, String> info) {
    Map<String, Object> account = new HashMap<>(info == null ? Map.of() : info);
    if (company != null) {
      account.put("company", company);
    }
    RegistrationCode added = usable(code);
    CodeVerdict.Valid verdict;
    try {
      verdict = new CodeVerdict.Valid(demo, AccountInfo.of(account));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    return put(Map.of(added, verdict));
  }

  @Command(
      name = "import",
      description = {
        "Adds the codes of a file, all or none; those that are there get the new meaning.",
        "The file is {\"code\":{\"is_demo\":false,\"account_info\":{\"company\":\"Acme\"}}}."
      },
      mixinStandardHelpOptions = true)
  int load(@Parameters(paramLabel = "FILE", description = "In JSON.") Path file) {
    try {
      return put(visitor.wiring().registrationCodes(file));
    } catch (MalformedJsonException e) {
      return visitor.failed(String.valueOf(e.getMessage()));
    }
  }

  private int put(Map<RegistrationCode, CodeVerdict.Valid> codes) {
    String body =
        Rows.object(
            json ->
                codes.forEach(
                    (code, verdict) -> {
                      json.writeName(code.value());
                      json.writeRawValue(ValidCodeCodec.encode(verdict));
                    }));
    return visitor.ask(
        api -> {
          var result = api.post("/codes", body);
          return visitor.done(
              "%s codes, %s of them new or changed"
                  .formatted(result.path("codes"), result.path("new_or_changed")));
        });
  }

  @Command(
      name = "remove",
      description = "Takes codes back. Who registered with one stays registered.",
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(arity = "1..*", paramLabel = "CODE", description = "As in the list.")
          List<String> codes) {
    List<RegistrationCode> removed = codes.stream().map(CodesPart::code).toList();
    return visitor.ask(
        api -> {
          int status = 0;
          for (RegistrationCode code : removed) {
            status |=
                visitor.each(
                    Rows.plain(code.value()) + ": ",
                    () -> api.delete("/codes/" + ApiClient.encode(code.value())));
          }
          return status;
        });
  }

  private static RegistrationCode usable(String text) {
    try {
      return UsableCodes.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("the code " + e.getMessage(), e);
    }
  }

  private static RegistrationCode code(String text) {
    try {
      return new RegistrationCode(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
