package co.stopcovid.aws.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may use whom in this module, from "Layout" and "AWS" in the architecture. */
class ArchitectureOfAwsTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("co.stopcovid.aws");
  private static final String SDK = "software.amazon.awssdk..";
  private static final String LAMBDA = "co.stopcovid.aws.lambda..";
  private static final String HANDLING = "co.stopcovid.aws.handling..";

  private static final Map<String, ArchRule> RULES =
      Map.of(
          "functions use clients through adapters only",
          noClasses()
              .that()
              .implement(RequestHandler.class)
              .should()
              .dependOnClassesThat()
              .resideInAPackage(SDK),
          "use cases know no client and no event of Lambda",
          noClasses()
              .that()
              .resideInAPackage(HANDLING)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "software.amazon.awssdk.services..",
                  "com.amazonaws..",
                  "software.amazon.awssdk.http.."),
          "adapters know no function and no use case",
          noClasses()
              .that()
              .resideInAPackage("co.stopcovid.aws..")
              .and()
              .resideOutsideOfPackages(LAMBDA, HANDLING)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(LAMBDA, HANDLING),
          "use cases know no function",
          noClasses()
              .that()
              .resideInAPackage(HANDLING)
              .should()
              .dependOnClassesThat()
              .resideInAPackage(LAMBDA),
          "the other way of running is another module",
          noClasses()
              .that()
              .resideInAPackage("co.stopcovid.aws..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("co.stopcovid.standalone..", "co.stopcovid.testkit.."),
          "one class reads the environment",
          noClasses()
              .that()
              .doNotHaveFullyQualifiedName(Composition.class.getName())
              .should()
              .callMethod(System.class, "getenv")
              .orShould()
              .callMethod(System.class, "getenv", String.class),
          "functions can be started by Lambda",
          classes().that().implement(RequestHandler.class).should().bePublic());

  @TestFactory
  Stream<DynamicTest> theModuleKeepsEveryRule() {
    return RULES.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(MODULE)));
  }

  @Test
  void everyFunctionOfTheDesignIsThere() {
    List<String> functions =
        MODULE.stream()
            .filter(type -> type.isAssignableTo(RequestHandler.class))
            .map(JavaClass::getSimpleName)
            .sorted()
            .toList();
    assertThat(functions)
        .containsExactly(
            "CommandFunction",
            "DeliveryReportFunction",
            "EnrolFunction",
            "InitiatorFunction",
            "MessageDistributorFunction",
            "MessageLogFunction",
            "MigrateFunction",
            "NextDrillFunction",
            "ProgressFunction",
            "RedriveFunction",
            "RegistrationFunction",
            "ReminderFunction",
            "SendDueFunction",
            "SenderFunction",
            "WaitingCommandsFunction",
            "WebhookFunction");
  }

  /** A rule that finds nothing would find nothing wrong. */
  @Test
  void theRulesFindWhatBreaksThem() {
    JavaClasses tests = new ClassFileImporter().importClasses(UsesAClient.class);
    ArchRule rule =
        Objects.requireNonNull(RULES.get("functions use clients through adapters only"));
    assertThat(rule.evaluate(tests).hasViolation()).isTrue();
  }

  /** Breaks a rule. */
  static final class UsesAClient implements RequestHandler<String, String> {
    @Override
    public String handleRequest(
        String input, com.amazonaws.services.lambda.runtime.Context context) {
      return software.amazon.awssdk.regions.Region.of(input).id();
    }
  }
}
