package co.stopcovid.standalone.simulate;

import co.stopcovid.adapters.inmemory.InMemoryDialogStore;
import co.stopcovid.adapters.inmemory.InMemoryDrillVersions;
import co.stopcovid.common.Language;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogEngine;
import co.stopcovid.dialog.DialogState;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.dialog.SequencedCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.sms.MessageWriter;
import co.stopcovid.sms.OutboundMessage;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dialog engine with everything in memory: a command goes in, what comes of it comes out. */
public final class Simulator {
  /** The most batches of a learner that are told again. */
  private static final int MOST_BATCHES = 1_000;

  /**
   * What came of one command.
   *
   * @param messages to the learner, in order
   * @param after the learner's state
   */
  public record Exchange(Outcome outcome, List<OutboundMessage> messages, DialogState after) {
    public Exchange {
      messages = List.copyOf(messages);
    }
  }

  private final InMemoryDialogStore history = new InMemoryDialogStore();
  private final LanguageGivingStore store;
  private final DrillCatalogue catalogue;
  private final DialogEngine engine;
  private final MessageWriter writer;

  /**
   * @param language the language of learners who have not chosen one; null for none
   */
  public Simulator(
      DrillCatalogue catalogue,
      RegistrationCodes codes,
      Keywords keywords,
      InstantSource clock,
      @Nullable Language language) {
    this.catalogue = catalogue;
    store = new LanguageGivingStore(history, language);
    engine =
        new DialogEngine(store, new InMemoryDrillVersions(), catalogue, codes, keywords, clock);
    writer = new MessageWriter(catalogue.texts());
  }

  public Exchange handle(SequencedCommand command) {
    Outcome outcome = engine.handle(List.of(command)).getFirst();
    List<OutboundMessage> messages = List.of();
    if (outcome instanceof Outcome.Committed(DialogState before, EventBatch batch)) {
      messages = writer.write(batch, before);
    }
    return new Exchange(outcome, messages, state(command.phone()));
  }

  public DialogState state(PhoneNumber phone) {
    return Objects.requireNonNull(store.load(Set.of(phone)).get(phone));
  }

  /** The learner's latest batches, oldest first. */
  public List<EventBatch> batches(PhoneNumber phone) {
    return history.after(phone, Math.max(0, state(phone).version() - MOST_BATCHES), MOST_BATCHES);
  }

  /** Lets a learner go on in another language. */
  public void switchLanguage(PhoneNumber phone, Language language) {
    store.give(phone, language);
  }

  public DrillCatalogue catalogue() {
    return catalogue;
  }
}
