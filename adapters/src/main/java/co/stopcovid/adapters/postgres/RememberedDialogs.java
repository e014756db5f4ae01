package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A dialog store that does not read what it has just written: most learners who write are in the
 * middle of a drill. To be made anew with every lease, since another process may have written in
 * between; within a lease the fence sees to it that none does.
 */
public final class RememberedDialogs implements DialogStore {
  private final DialogStore store;
  private final Database database;
  private final Recent<PhoneNumber, DialogState> recent = new Recent<>(DialogState::version);

  /**
   * @param database of the store
   */
  public RememberedDialogs(DialogStore store, Database database) {
    this.store = store;
    this.database = database;
  }

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> states = recent.find(phones);
    Set<PhoneNumber> unknown = new HashSet<>(phones);
    unknown.removeAll(states.keySet());
    if (!unknown.isEmpty()) {
      states.putAll(store.load(unknown));
    }
    return states;
  }

  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    recent.forget(commits.stream().map(DialogCommit::phone).toList());
    return database.write(
        handle -> {
          Set<PhoneNumber> conflicts = store.commit(commits);
          Map<PhoneNumber, DialogState> written = HashMap.newHashMap(commits.size());
          commits.forEach(commit -> written.put(commit.phone(), commit.state()));
          written.keySet().removeAll(conflicts);
          database.afterCommit(() -> recent.keep(written));
          return conflicts;
        });
  }
}
