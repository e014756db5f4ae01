package co.stopcovid.adapters.inmemory;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.adapters.json.MalformedCommandException;
import co.stopcovid.desk.Desk;
import co.stopcovid.desk.DeskPorts;
import co.stopcovid.desk.Lags;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.sms.Undelivered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The desk on adapters in memory, which tests look into. What commands become of is not kept. */
public final class InMemoryDesk {
  private static final Duration GAP = Duration.ofSeconds(3);
  private static final int REBUILD_PAGE = 1_000;

  public final InMemoryAuditLog audit = new InMemoryAuditLog();
  public final InMemoryProgressStore progress = new InMemoryProgressStore();
  public final InMemoryDialogStore dialogs = new InMemoryDialogStore();
  public final InMemoryDeadLetters letters = new InMemoryDeadLetters();
  public final InMemoryRegistrationCodes codes = new InMemoryRegistrationCodes(Map.of());
  public final InMemoryDrillSchedule schedule = new InMemoryDrillSchedule();
  public final InMemoryOutbox outbox = new InMemoryOutbox(GAP);
  public final InMemoryMessageLog log = new InMemoryMessageLog(outbox);

  /**
   * The use cases.
   *
   * @param commands to take commands by
   */
  public Desk desk(
      CommandStream commands,
      DrillCatalogue drills,
      Keywords keywords,
      Undelivered undelivered,
      InstantSource clock) {
    return Desk.on(
        new DeskPorts(
            audit,
            progress,
            progress,
            new ProgressRebuild(dialogs, dialogs, progress, drills, REBUILD_PAGE),
            progress,
            schedule,
            dialogs,
            dialogs,
            commands,
            seq -> Optional.empty(),
            letters,
            codes,
            log,
            outbox,
            undelivered,
            List::<Lags.Lag>of,
            drills,
            keywords,
            InMemoryDesk::command,
            clock));
  }

  private static DialogCommand command(String text) {
    try {
      return CommandCodec.decode(text);
    } catch (MalformedCommandException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
