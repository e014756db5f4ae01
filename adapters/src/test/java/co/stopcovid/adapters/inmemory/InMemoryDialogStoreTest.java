package co.stopcovid.adapters.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.contract.DialogStoreContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryDialogStoreTest extends DialogStoreContract {
  private final InMemoryDialogStore store = new InMemoryDialogStore();

  @Override
  protected DialogStore store() {
    return store;
  }

  @Override
  protected DialogStore secondStore() {
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

  @Override
  protected boolean makeUnreadable(PhoneNumber phone) {
    return false;
  }

  @Test
  void twoCommitsOfOneLearnerInACallAreAMistakeOfTheCaller() {
    var ana = new Conversation(Samples.newLearner());
    var both = List.of(ana.next(Conversation.anything()), ana.next(Conversation.anything()));

    assertThatThrownBy(() -> store.commit(both)).isInstanceOf(IllegalArgumentException.class);
    assertThat(store.after(ana.phone(), 0, 10)).isEmpty();
  }
}
