package co.stopcovid.adapters.report;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.CompletionReport.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCsvTest {
  @Test
  void aRowIsALineUnderTheHeader() {
    var row = new Row("Acme", "Kitchen", new DrillSlug("01-first"), 3, 2, 1);

    assertThat(CompletionCsv.HEADER)
        .isEqualTo("company,unit,drill,learners,started,completed,started_rate,completed_rate\r\n");
    assertThat(CompletionCsv.lines(List.of(row, row)))
        .isEqualTo("Acme,Kitchen,01-first,3,2,1,0.6667,0.3333\r\n".repeat(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
  void aCellIsNeverAFormula(String text) {
    assertThat(CompletionCsv.cell(text).replace("\"", "")).isEqualTo("'" + text);
  }

  @Test
  void onlyTheFirstCharacterMakesAFormula() {
    assertThat(CompletionCsv.cell("A=B")).isEqualTo("A=B");
    assertThat(CompletionCsv.cell("")).isEmpty();
    assertThat(CompletionCsv.cell("有限公司")).isEqualTo("有限公司");
  }

  @Test
  void separatorsAndQuotesAreQuoted() {
    assertThat(CompletionCsv.cell("Acme, Inc.")).isEqualTo("\"Acme, Inc.\"");
    assertThat(CompletionCsv.cell("Acme;=1")).isEqualTo("\"Acme;=1\"");
    assertThat(CompletionCsv.cell("Acme\t=1")).isEqualTo("\"Acme\t=1\"");
    assertThat(CompletionCsv.cell("the \"best\"")).isEqualTo("\"the \"\"best\"\"\"");
    assertThat(CompletionCsv.cell("=HYPERLINK(\"x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    assertThat(CompletionCsv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
  }
}
