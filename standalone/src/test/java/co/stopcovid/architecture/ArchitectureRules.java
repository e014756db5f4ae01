package co.stopcovid.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Who may use whom, from "Layout" in the architecture. Package names begin anywhere. */
final class ArchitectureRules {
  private static final String COMMON = "..stopcovid.common..";
  private static final String DRILLS = "..stopcovid.drills..";
  private static final String DIALOG = "..stopcovid.dialog..";
  private static final String SMS = "..stopcovid.sms..";
  private static final String PROGRESS = "..stopcovid.progress..";
  private static final String RUNNING = "..stopcovid.running..";
  private static final String DESK = "..stopcovid.desk..";
  private static final String ADAPTERS = "..stopcovid.adapters..";
  private static final String ROOTS = "..stopcovid.standalone..";
  private static final String TESTKIT = "..stopcovid.testkit..";
  private static final String[] CORE = {COMMON, DRILLS, DIALOG, SMS, PROGRESS, RUNNING, DESK};

  private static final Set<String> PLATFORM =
      ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  private ArchitectureRules() {}

  /** All rules by a short name. */
  static Map<String, ArchRule> all() {
    var rules = new LinkedHashMap<String, ArchRule>();
    rules.put("common uses nothing", contextUsesOnly(COMMON));
    rules.put("drills use common", contextUsesOnly(DRILLS, COMMON));
    rules.put("dialog uses drills", contextUsesOnly(DIALOG, COMMON, DRILLS));
    rules.put("sms uses dialog and drills", contextUsesOnly(SMS, COMMON, DRILLS, DIALOG));
    rules.put("progress uses dialog and drills", contextUsesOnly(PROGRESS, COMMON, DRILLS, DIALOG));
    rules.put(
        "desk uses the contexts", contextUsesOnly(DESK, COMMON, DRILLS, DIALOG, SMS, PROGRESS));
    rules.put("core is pure Java", coreIsPureJava());
    rules.put("core does no input or output", coreDoesNoInputOrOutput());
    rules.put("core has no clock and no chance", coreHasNoClockAndNoChance());
    rules.put("adapters know no root", adaptersKnowNoRoot());
    rules.put("testkit is for tests", testkitIsForTests());
    rules.put("one class reads the environment", oneClassReadsTheEnvironment());
    return rules;
  }

  /** Of the project's own packages. */
  private static ArchRule contextUsesOnly(String context, String... others) {
    DescribedPredicate<JavaClass> allowed = resideInAPackage(context);
    for (String other : others) {
      allowed = allowed.or(resideInAPackage(other));
    }
    return noClasses()
        .that()
        .resideInAPackage(context)
        .should()
        .dependOnClassesThat(resideInAPackage("..stopcovid..").and(DescribedPredicate.not(allowed)))
        .allowEmptyShould(true);
  }

  private static ArchRule coreIsPureJava() {
    return classes()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(CORE)
                .or(resideInAPackage("org.jspecify.annotations"))
                .or(
                    describe(
                        "are in java.base",
                        type ->
                            type.getBaseComponentType().isPrimitive()
                                || PLATFORM.contains(
                                    type.getBaseComponentType().getPackageName()))));
  }

  private static ArchRule coreDoesNoInputOrOutput() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..")
                .and(
                    DescribedPredicate.not(
                        describe("Serializable", type -> type.isEquivalentTo(Serializable.class))))
                .or(named("java.lang.System"))
                .or(named("java.lang.Runtime"))
                .or(named("java.lang.Process"))
                .or(named("java.lang.ProcessBuilder"))
                .or(named("java.lang.Thread"))
                .or(named("java.util.Timer"))
                .or(
                    describe(
                        "executors",
                        type ->
                            type.getPackageName().equals("java.util.concurrent")
                                && type.getSimpleName().contains("Execut"))));
  }

  private static ArchRule coreHasNoClockAndNoChance() {
    DescribedPredicate<JavaAccess<?>> clockOrChance =
        describe(
            "a clock or chance",
            access -> {
              JavaClass owner = access.getTargetOwner();
              String name = access.getTarget().getName();
              boolean time = owner.getPackageName().startsWith("java.time");
              return (time && name.equals("now"))
                  || (time && name.startsWith("system"))
                  || (time && name.startsWith("tick"))
                  || name.equals("randomUUID")
                  || name.equals("shuffle")
                  || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                  || (owner.isEquivalentTo(java.util.Date.class) && name.equals("<init>"))
                  || owner.getSimpleName().contains("Random")
                  || owner.getPackageName().startsWith("java.util.random");
            });
    return noClasses().that().resideInAnyPackage(CORE).should().accessTargetWhere(clockOrChance);
  }

  private static ArchRule adaptersKnowNoRoot() {
    return noClasses()
        .that()
        .resideInAPackage(ADAPTERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOTS, "..stopcovid.aws..", "..stopcovid.bench..");
  }

  private static ArchRule testkitIsForTests() {
    return noClasses()
        .that()
        .resideInAnyPackage(ADAPTERS, ROOTS, COMMON, DRILLS, DIALOG, SMS, PROGRESS, RUNNING, DESK)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TESTKIT);
  }

  private static ArchRule oneClassReadsTheEnvironment() {
    DescribedPredicate<JavaMethodCall> reads =
        describe(
            "System.getenv",
            call -> {
              CodeUnitCallTarget target = call.getTarget();
              return target.getOwner().isEquivalentTo(System.class)
                  && target.getName().equals("getenv");
            });
    return noClasses()
        .that()
        .resideInAPackage("..stopcovid..")
        .and()
        .doNotHaveFullyQualifiedName("co.stopcovid.standalone.Main")
        .should()
        .callMethodWhere(reads);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> type.getFullName().equals(name));
  }
}
