package co.stopcovid.aws.dynamo;

import co.stopcovid.adapters.authoring.CourseReader;
import co.stopcovid.adapters.inmemory.InMemoryRegistrationCodes;
import co.stopcovid.adapters.languages.BuiltInLanguages;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.dialog.DialogCommand.StartDrill;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.drills.DrillVersion;
import co.stopcovid.drills.DrillVersions;
import co.stopcovid.drills.Keywords;
import co.stopcovid.drills.LanguageTables;
import co.stopcovid.drills.ProfileKey;
import co.stopcovid.drills.Prompt;
import co.stopcovid.drills.PublishedDrills;
import co.stopcovid.testkit.scenario.Scenarios;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that a learner sends who takes the whole sample course: the code, then in every drill
 * a wrong and a right answer to each graded prompt, {@code more} after it, and {@code stop} at
 * last. All of it has events.
 */
public final class CourseConversation {
  static final LanguageTables LANGUAGES = BuiltInLanguages.load();
  private static final PublishedDrills DRILLS =
      CourseReader.read(Scenarios.content()).publish(LANGUAGES);
  private static final String CODE = "acme-2026";
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  /** Numbers as large as those of Kinesis. */
  private static final BigInteger FIRST_NUMBER =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");

  private CourseConversation() {}

  public static List<DialogCommand> of(PhoneNumber phone, Language language) {
    List<DialogCommand> commands = new ArrayList<>();
    commands.add(new ReceiveSms(phone, CODE));
    for (DrillVersion drill : DRILLS.all()) {
      commands.add(new StartDrill(phone, drill.slug()));
      for (Prompt prompt : drill.drill().prompts()) {
        if (drill.drill().isLast(prompt)) {
          break;
        }
        if (prompt.isGraded()) {
          commands.add(new ReceiveSms(phone, "I do not know, is it the first one perhaps?"));
          commands.add(
              new ReceiveSms(phone, drill.in(language).prompt(prompt.slug()).correctAnswer()));
        } else {
          commands.add(
              new ReceiveSms(
                  phone,
                  ProfileKey.LANGUAGE.equals(prompt.responseKey())
                      ? language.code()
                      : "María Fernanda Oliveira"));
        }
      }
      commands.add(new ReceiveSms(phone, "more"));
    }
    commands.add(new ReceiveSms(phone, "stop"));
    return commands;
  }

  static SequenceNumber number(long index) {
    return new SequenceNumber(FIRST_NUMBER.add(BigInteger.valueOf(index)));
  }

  static DialogEngine engine(DialogStore store, DrillVersions versions) {
    return new DialogEngine(
        store,
        versions,
        DRILLS,
        new InMemoryRegistrationCodes(
            Map.of(
                new RegistrationCode(CODE),
                new CodeVerdict.Valid(
                    false, AccountInfo.of(Map.of("company", "Acme", "employee_id", 17L))))),
        new Keywords(LANGUAGES),
        () -> NOW);
  }
}
