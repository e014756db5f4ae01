package co.stopcovid.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.adapters.contract.BrokenAuditLog.AuditFault;
import co.stopcovid.adapters.contract.BrokenCommandStream.StreamFault;
import co.stopcovid.adapters.contract.BrokenDeadLetters.LettersFault;
import co.stopcovid.adapters.contract.BrokenDialogStore.Fault;
import co.stopcovid.adapters.contract.BrokenDrillVersions.VersionsFault;
import co.stopcovid.adapters.contract.BrokenDueLearners.DueFault;
import co.stopcovid.adapters.contract.BrokenRegistrationCodes.CodesFault;
import co.stopcovid.testkit.contract.SuiteRun;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The suites find every planted fault, and each of their tests finds one at least: a test that no
 * fault can make fail proves nothing.
 */
class ContractSuitesTest {
  @Test
  void faultyStoresFailTheSuites() {
    assertEachFaultIsFound(
        EnumSet.allOf(Fault.class),
        Fault.NONE,
        planted -> BrokenAdapters.fault = planted,
        BrokenAdapters.DialogStores.class,
        BrokenAdapters.EventHistories.class);
  }

  @Test
  void faultyDrillVersionsFailTheSuite() {
    assertEachFaultIsFound(
        EnumSet.allOf(VersionsFault.class),
        VersionsFault.NONE,
        planted -> BrokenAdapters.versionsFault = planted,
        BrokenAdapters.Versions.class);
  }

  @Test
  void faultyRegistrationCodesFailTheSuite() {
    assertEachFaultIsFound(
        EnumSet.allOf(CodesFault.class),
        CodesFault.NONE,
        planted -> BrokenAdapters.codesFault = planted,
        BrokenAdapters.Codes.class);
  }

  @Test
  void faultyCommandStreamsFailTheSuite() {
    assertEachFaultIsFound(
        EnumSet.allOf(StreamFault.class),
        StreamFault.NONE,
        planted -> BrokenStreams.streamFault = planted,
        BrokenStreams.Commands.class);
  }

  @Test
  void faultyDeadLettersFailTheSuite() {
    assertEachFaultIsFound(
        EnumSet.allOf(LettersFault.class),
        LettersFault.NONE,
        planted -> BrokenStreams.lettersFault = planted,
        BrokenStreams.Letters.class);
  }

  @Test
  void faultyAuditLogsFailTheSuite() {
    assertEachFaultIsFound(
        EnumSet.allOf(AuditFault.class),
        AuditFault.NONE,
        planted -> BrokenAuditLog.planted = planted,
        BrokenAuditLog.Suite.class);
  }

  @Test
  void faultyDueLearnersFailTheSuite() {
    for (DueFault planted : DueFault.values()) {
      BrokenDueLearners.fault = planted;
      Set<String> failed = SuiteRun.of(BrokenDueLearners.Suite.class).failed();
      if (planted == DueFault.NONE) {
        assertThat(failed).as("failures without a fault").isEmpty();
      } else {
        assertThat(failed).as("what finds the fault %s", planted).isNotEmpty();
      }
    }
  }

  private static <F> void assertEachFaultIsFound(
      Set<F> faults, F none, Consumer<F> plant, Class<?>... suites) {
    Set<String> neverFailed = new TreeSet<>();
    Set<String> everFailed = new TreeSet<>();
    for (F planted : faults) {
      plant.accept(planted);
      Set<String> failed = new TreeSet<>();
      for (Class<?> suite : suites) {
        SuiteRun run = SuiteRun.of(suite);
        failed.addAll(run.failed());
        neverFailed.addAll(run.passed());
      }
      everFailed.addAll(failed);
      if (planted.equals(none)) {
        assertThat(failed).as("failures without a fault").isEmpty();
      } else {
        assertThat(failed).as("what finds the fault %s", planted).isNotEmpty();
      }
    }
    neverFailed.removeAll(everFailed);
    assertThat(neverFailed).as("tests that found no fault").isEmpty();
  }
}
