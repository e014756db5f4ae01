package co.stopcovid.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesFileTest {
  @TempDir private Path folder;

  @Test
  void readsCodes() throws IOException {
    assertThat(
            read(
                """
                {"Acme-1": {"is_demo": true, "account_info":
                   {"company": "Acme", "id": 7, "rate": 1.50, "big": 9223372036854775808, "n": null}},
                 "plain": {}}"""))
        .containsExactly(
            Map.entry(
                new RegistrationCode("acme-1"),
                new CodeVerdict.Valid(
                    true,
                    AccountInfo.of(
                        Map.of(
                            "company",
                            "Acme",
                            "id",
                            7L,
                            "rate",
                            new BigDecimal("1.50"),
                            "big",
                            new BigDecimal("9223372036854775808"))))),
            Map.entry(
                new RegistrationCode("plain"), new CodeVerdict.Valid(false, AccountInfo.NONE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | 1: must be a JSON object",
        "{'a': {},~ 'Stop!': {}} | 2: code 2: can never be used, because it is a keyword: who sends it opts out",
        "{'ayuda': {}} | 1: code 1: can never be used, because it is a keyword: who sends it asks for help",
        "{'***': {}} | 1: code 1: can never be used, because it has no letter and no digit",
        "{'Français': {}} | 1: code 1: can never be used, because it is the name of a language",
        "`` | 1: must be a JSON object",
        "{} {} | 1: more follows after the codes",
        "{~ 'SECRET': {}~ 'x': } | 3: not JSON at line 3, column 2: Unexpected character",
        "{'a': {},~ 'b': 7} | 2: code 2: what a code stands for must be a JSON object, but this is a",
        "{'a': {'is_demo': true, 'demo': true}} | 1: code 1: demo: is not known here; there can be is_demo, account_info",
        "{'a': {'is_demo': 'yes'}} | 1: code 1: is_demo: must be true or false, but is a text",
        "{'a': {'account_info': []}} | 1: code 1: account_info: must be an object, but is an array",
        "{'a': {'account_info': {'b': {}}}} | 1: code 1: account_info.b: must be a text, a number",
        "{'SECRET': {},~~ ' secret ': {}} | 3: code 2: is the same as the one of line 1 (capital",
        "{'SECRET': {}, 'SECRET': {}} | 1: code 2: is the same as the one of line 1 (capital",
        "{' ': {}} | 1: code 1: a registration code has 1 to 100 characters",
      })
  void saysWhichCodeIsMalformed(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"').replace('~', '\n')))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith(folder.resolve("codes.json") + ":" + message)
        .hasMessageNotContainingAny("SECRET", "secret");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> CodesFile.read(folder.resolve("none.json")))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContainingAll("none.json", "cannot be read (NoSuchFileException)");
  }

  private Map<RegistrationCode, CodeVerdict.Valid> read(String json) throws IOException {
    return CodesFile.read(Files.writeString(folder.resolve("codes.json"), json));
  }
}
