package co.stopcovid.standalone.simulate;

import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.DialogStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives learners a language that they never chose, as if an organisation had known it. It becomes
 * part of what is stored with the learner's next command; a choice made later counts as always.
 */
final class LanguageGivingStore implements DialogStore {
  private final DialogStore store;
  private final @Nullable Language first;
  private final Map<PhoneNumber, Language> given = new HashMap<>();

  /**
   * @param first for learners of whom nothing was heard; null: none
   */
  LanguageGivingStore(DialogStore store, @Nullable Language first) {
    this.store = store;
    this.first = first;
  }

  void give(PhoneNumber phone, Language language) {
    given.put(phone, language);
  }

  @Override
  public Map<PhoneNumber, DialogState> load(Set<PhoneNumber> phones) {
    Map<PhoneNumber, DialogState> states = new HashMap<>(store.load(phones));
    states.replaceAll(
        (phone, state) -> {
          Language language = given.getOrDefault(phone, state.version() == 0 ? first : null);
          return language == null ? state : speaking(state, language);
        });
    return states;
  }

  private static DialogState speaking(DialogState state, Language language) {
    return new DialogState(
        state.phone(),
        state.seq(),
        state.version(),
        state.profile().withLanguage(language),
        state.current(),
        state.wrongCodes(),
        state.requestedVersion());
  }

  @Override
  public Set<PhoneNumber> commit(List<DialogCommit> commits) {
    Set<PhoneNumber> conflicts = store.commit(commits);
    for (DialogCommit commit : commits) {
      if (!conflicts.contains(commit.phone())) {
        given.remove(commit.phone());
      }
    }
    return conflicts;
  }
}
