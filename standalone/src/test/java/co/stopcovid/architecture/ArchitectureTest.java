package co.stopcovid.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  /** For each rule, classes that break it; all are under {@code planted}. */
  private static final Map<String, List<String>> PLANTED =
      Map.ofEntries(
          Map.entry("common uses nothing", List.of("common.KnowsDialog")),
          Map.entry("drills use common", List.of("drills.KnowsDialog")),
          Map.entry("dialog uses drills", List.of("dialog.KnowsSms", "dialog.KnowsRunning")),
          Map.entry("sms uses dialog and drills", List.of("sms.KnowsProgress")),
          Map.entry("progress uses dialog and drills", List.of("progress.KnowsSms")),
          Map.entry("desk uses the contexts", List.of("desk.KnowsRoot")),
          Map.entry(
              "core is pure Java", List.of("dialog.LogsWithJavaLogging", "running.KnowsAdapters")),
          Map.entry(
              "core does no input or output",
              List.of("dialog.ReadsFile", "dialog.PrintsLine", "sms.Sleeps")),
          Map.entry(
              "core has no clock and no chance",
              List.of("dialog.ReadsClock", "dialog.TakesRandomId", "sms.ThrowsDice")),
          Map.entry("adapters know no root", List.of("adapters.KnowsRoot")),
          Map.entry("testkit is for tests", List.of("adapters.KnowsTestkit")),
          Map.entry("one class reads the environment", List.of("adapters.ReadsEnvironment")));

  @TestFactory
  Stream<DynamicTest> theProjectKeepsEveryRule() {
    JavaClasses project =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("co.stopcovid");
    assertThat(project.contain("co.stopcovid.dialog.Dialog")).isTrue();
    assertThat(project.contain("co.stopcovid.adapters.json.Json")).isTrue();
    return ArchitectureRules.all().entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(project)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleFindsWhatBreaksIt() {
    JavaClasses planted = new ClassFileImporter().importPackages("planted");
    assertThat(PLANTED.keySet()).isEqualTo(ArchitectureRules.all().keySet());
    return ArchitectureRules.all().entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(), () -> breaks(rule.getKey(), rule.getValue(), planted)));
  }

  private static void breaks(String name, ArchRule rule, JavaClasses planted) {
    EvaluationResult result = rule.evaluate(planted);
    for (String broken : PLANTED.getOrDefault(name, List.of())) {
      assertThat(result.getFailureReport().toString())
          .as("the rule '%s' on %s", name, broken)
          .contains("planted.stopcovid." + broken);
    }
  }
}
