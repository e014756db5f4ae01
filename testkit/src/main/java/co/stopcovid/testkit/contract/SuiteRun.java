package co.stopcovid.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Which tests of a suite failed on an adapter. A suite is itself tested by being run on broken
 * adapters: each must fail, and each test must fail on one of them.
 *
 * @param passed names of test methods
 * @param failed names of test methods
 */
public record SuiteRun(Set<String> passed, Set<String> failed) {
  /** So that the run which this one is part of does not count its failures. */
  private static final LauncherConfig ALONE =
      LauncherConfig.builder()
          .enableTestExecutionListenerAutoRegistration(false)
          .enableLauncherSessionListenerAutoRegistration(false)
          .build();

  /** Runs the tests of a class in this thread. */
  public static SuiteRun of(Class<?> suite) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build();
    var run = new SuiteRun(new TreeSet<>(), new TreeSet<>());
    LauncherFactory.create(ALONE)
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getMethodName())
                    .ifPresent(
                        name ->
                            (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL
                                    ? run.passed
                                    : run.failed)
                                .add(name));
              }
            });
    if (run.passed.isEmpty() && run.failed.isEmpty()) {
      throw new IllegalArgumentException(suite + " has no tests");
    }
    return run;
  }
}
