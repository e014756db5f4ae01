package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogCommit;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.testkit.Conversation;
import co.stopcovid.testkit.Samples;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberedDialogsTest {
  private final TestDatabase postgres = new TestDatabase();
  private final PostgresDialogStore stored =
      new PostgresDialogStore(
          postgres.database, new PostgresDrillVersions(postgres.database, Samples.TABLES));
  private final RememberedDialogs dialogs = new RememberedDialogs(stored, postgres.database);
  private final PhoneNumber ana = Samples.newLearner();
  private final Conversation anas = new Conversation(ana);
  private final PhoneNumber ben = Samples.newLearner();
  private final Conversation bens = new Conversation(ben);

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void whatWasWrittenIsNotReadBack() {
    DialogCommit commit = anas.next(Conversation.anything());
    assertThat(dialogs.commit(List.of(commit))).isEmpty();
    stored.commit(List.of(bens.next(Conversation.anything())));
    postgres.execute("delete from dialog_states where phone = '%s'".formatted(ana.value()));

    assertThat(dialogs.load(Set.of(ana, ben)))
        .containsEntry(ana, commit.state())
        .containsEntry(ben, stored.load(Set.of(ben)).get(ben));
  }

  @Test
  void whatIsRolledBackIsForgotten() {
    dialogs.commit(List.of(anas.next(Conversation.anything())));
    DialogState before = stored.load(Set.of(ana)).get(ana);
    DialogCommit lost = anas.next(Conversation.anything());
    assertThatThrownBy(
            () ->
                postgres.database.unit(
                    Fence.NONE,
                    () -> {
                      dialogs.commit(List.of(lost));
                      assertThat(dialogs.load(Set.of(ana))).containsEntry(ana, lost.state());
                      throw new IllegalStateException("planted");
                    }))
        .hasMessage("planted");

    assertThat(dialogs.load(Set.of(ana))).containsEntry(ana, before);
  }

  @Test
  void afterAConflictTheDatabaseIsAsked() {
    dialogs.commit(List.of(anas.next(Conversation.anything())));
    DialogCommit others = anas.next(Conversation.anything());
    stored.commit(List.of(others));

    assertThat(dialogs.commit(List.of(others))).containsExactly(ana);
    assertThat(dialogs.load(Set.of(ana))).containsEntry(ana, stored.load(Set.of(ana)).get(ana));
  }

  @Test
  void aLearnerWhoIsNotKnownBegins() {
    assertThat(dialogs.load(Set.of(ana))).containsEntry(ana, DialogState.initial(ana));
  }
}
