package co.stopcovid.dialog;

import static co.stopcovid.dialog.Story.ANA;
import static co.stopcovid.dialog.Story.drillStarted;
import static co.stopcovid.dialog.Story.given;
import static co.stopcovid.dialog.Story.optedOutOfNoDrill;
import static co.stopcovid.dialog.Story.validated;
import static co.stopcovid.dialog.Story.validationFailed;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.DialogCommand.SendAdHocMessage;
import co.stopcovid.dialog.DialogCommand.UpdateUser;
import co.stopcovid.dialog.DialogEvent.AdHocMessageSent;
import co.stopcovid.dialog.DialogEvent.UserUpdated;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.drills.TestContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person says to a learner, and changes in a profile. */
class ApartFromDrillsTest {
  private static final AdHocText CLOSED = new AdHocText.Message("The kitchen is closed today.");
  private static final SendAdHocMessage SAY = new SendAdHocMessage(ANA, CLOSED, false, "maria");
  private static final String NEVER = "nothing was ever heard from this number";

  private static UpdateUser update(String key, @Nullable String value) {
    return new UpdateUser(
        ANA, ProfileChanges.of(Map.of(key, Optional.ofNullable(value))), false, "maria");
  }

  private static DialogState heardFrom() {
    return given(validated(), drillStarted(Drills.HANDS)).state().at(Story.SEQ, 2);
  }

  private static Decision decide(DialogState state, DialogCommand command) {
    Facts facts = Facts.of(Story.NOW, Story.SEQ.next(), TestContent.KEYWORDS);
    return Dialog.decide(state, command, facts);
  }

  @Test
  void aPersonsWordsAreSaidToWhoWasHeardFrom() {
    assertThat(decide(heardFrom(), SAY))
        .isEqualTo(
            new Decision.Happened(
                List.of(new AdHocMessageSent(Story.NOW, CLOSED, false, "maria"))));
    DialogState unregistered = given(validationFailed()).state().at(Story.SEQ, 1);
    assertThat(decide(unregistered, SAY)).isInstanceOf(Decision.Happened.class);
  }

  @Test
  void nothingIsSaidToANumberNeverHeardFromNorToWhoOptedOut() {
    assertThat(decide(DialogState.initial(ANA), SAY)).isEqualTo(new Decision.Rejected(NEVER));
    DialogState out = given(validated(), optedOutOfNoDrill()).state().at(Story.SEQ, 2);
    assertThat(decide(out, SAY)).isEqualTo(new Decision.Rejected("the learner has opted out"));
  }

  @ParameterizedTest
  @CsvSource({
    "name, Ana, Ana",
    "language, es, es",
    "language, Español, es",
    "job, ' cook ', cook",
    "time_zone, America/Phoenix, America/Phoenix",
    "company, Acme, Acme",
    "unit_name, Bar, Bar",
    "x_shirt_size, XL, XL",
    "schedule_time, 9:30, 09:30",
    "team_size, 12, 12",
    "name,,"
  })
  void whatCanBeIsChangedInTheFormThatIsKept(String key, String value, String kept) {
    assertThat(decide(heardFrom(), update(key, value)))
        .isEqualTo(
            new Decision.Happened(
                List.of(
                    new UserUpdated(
                        Story.NOW,
                        ProfileChanges.of(Map.of(key, Optional.ofNullable(kept))),
                        false,
                        "maria",
                        Story.RUNNING,
                        new PromptSlug("soap")))));
  }

  @ParameterizedTest
  @CsvSource({
    "validated, true",
    "opted_out, false",
    "X_shirt, L",
    "x_, L",
    "language, tlh",
    "time_zone, Mars/Olympus",
    "schedule_time, 25:00",
    "schedule_days, someday",
    "name, ' '",
    "x_note, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void whatCannotBeIsRejectedByItsName(String key, String value) {
    assertThat(decide(heardFrom(), update(key, value)))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            rejected -> assertThat(rejected.reason()).startsWith("changes." + key));
  }

  @Test
  void anOrganisationHasAtMostEightKeysOfItsOwn() {
    Map<String, Optional<String>> nine = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      nine.put("x_" + i, Optional.of("a"));
    }
    var tooMany = new UpdateUser(ANA, ProfileChanges.of(nine), false, "maria");
    assertThat(decide(heardFrom(), tooMany)).isInstanceOf(Decision.Rejected.class);
    nine.remove("x_8");
    var eight = new UpdateUser(ANA, ProfileChanges.of(nine), false, "maria");
    assertThat(decide(heardFrom(), eight)).isInstanceOf(Decision.Happened.class);
  }

  @Test
  void nothingIsChangedOfANumberNeverHeardFrom() {
    assertThat(decide(DialogState.initial(ANA), update("name", "Ana")))
        .isEqualTo(new Decision.Rejected(NEVER));
  }

  @Test
  void theProfileChangesAndAPurgeEndsTheDrill() {
    Map<String, Optional<String>> changes =
        Map.of(
            "name", Optional.of("Ana"),
            "language", Optional.of("es"),
            "company", Optional.of("Bar"),
            "unit_name", Optional.of("Kitchen"),
            "of_a_newer_program", Optional.of("?"));
    var event = new UserUpdated(Story.NOW, ProfileChanges.of(changes), true, "maria", null, null);
    DialogState after = Dialog.evolve(heardFrom(), event);

    assertThat(after.current()).isNull();
    assertThat(after.profile().language()).hasToString("es");
    assertThat(after.profile().replies()).containsExactly(Map.entry(ProfileKey.NAME, "Ana"));
    assertThat(after.profile().accountInfo().values())
        .containsEntry("company", "Bar")
        .containsEntry("unit_name", "Kitchen");
    var removal =
        new UserUpdated(
            Story.NOW,
            ProfileChanges.of(Map.of("name", Optional.empty(), "company", Optional.empty())),
            false,
            "maria",
            null,
            null);
    DialogState removed = Dialog.evolve(after, removal);
    assertThat(removed.profile().replies()).isEmpty();
    assertThat(removed.profile().accountInfo().company()).isEmpty();
  }
}
