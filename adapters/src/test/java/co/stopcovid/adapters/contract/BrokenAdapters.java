package co.stopcovid.adapters.contract;

import co.stopcovid.adapters.contract.BrokenDialogStore.Fault;
import co.stopcovid.adapters.contract.BrokenDrillVersions.VersionsFault;
import co.stopcovid.adapters.contract.BrokenRegistrationCodes.CodesFault;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.contract.DialogStoreContract;
import co.stopcovid.testkit.contract.DrillVersionsContract;
import co.stopcovid.testkit.contract.EventHistoryContract;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import java.util.Map;

/**
 * The suites on adapters with the fault that is planted at the moment. Only {@link
 * co.stopcovid.testkit.contract.SuiteRun} runs them; their names are none that Surefire looks for.
 */
final class BrokenAdapters {
  static Fault fault = Fault.NONE;
  static VersionsFault versionsFault = VersionsFault.NONE;
  static CodesFault codesFault = CodesFault.NONE;

  private BrokenAdapters() {}

  static class DialogStores extends DialogStoreContract {
    private final BrokenDialogStore store = new BrokenDialogStore(fault);

    @Override
    protected DialogStore store() {
      return store;
    }

    @Override
    protected DialogStore secondStore() {
      return fault == Fault.SECOND_WORKER_HAS_A_CACHE ? new BrokenDialogStore(Fault.NONE) : store;
    }

    @Override
    protected EventHistory history() {
      return store;
    }

    @Override
    protected DrillVersions drillVersions() {
      return new InMemoryDrillVersions();
    }

    @Override
    protected boolean makeUnreadable(PhoneNumber phone) {
      store.makeUnreadable(phone);
      return true;
    }

    @Override
    protected int raceRounds() {
      return 40;
    }
  }

  static class EventHistories extends EventHistoryContract {
    private final BrokenDialogStore store = new BrokenDialogStore(fault);

    @Override
    protected DialogStore store() {
      return store;
    }

    @Override
    protected EventHistory history() {
      return store;
    }

    @Override
    protected DrillVersions drillVersions() {
      return new InMemoryDrillVersions();
    }
  }

  static class Versions extends DrillVersionsContract {
    private final BrokenDrillVersions versions = new BrokenDrillVersions(versionsFault);

    @Override
    protected DrillVersions versions() {
      return versions;
    }

    @Override
    protected DrillVersions secondVersions() {
      return versionsFault == VersionsFault.NOT_SHARED
          ? new BrokenDrillVersions(VersionsFault.NONE)
          : versions;
    }
  }

  static class Codes extends RegistrationCodesContract {
    @Override
    protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
      return new BrokenRegistrationCodes(codesFault, known);
    }

    @Override
    protected Silent silent() {
      return new Silent(new BrokenRegistrationCodes(codesFault, null), false);
    }
  }
}
