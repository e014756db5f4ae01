package co.stopcovid.desk;

import co.stopcovid.dialog.CodeBook;
import co.stopcovid.dialog.CommandOutcomes;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.dialog.DialogCommand;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.drills.DrillCatalogue;
import co.stopcovid.drills.Keywords;
import co.stopcovid.progress.CompletionReport;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.progress.UpcomingDrills;
import co.stopcovid.sms.MessageLog;
import co.stopcovid.sms.OutboundLedger;
import co.stopcovid.sms.Undelivered;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * All that the desk stands on.
 *
 * @param commandReader reads a command in its wire form; throws {@link IllegalArgumentException}
 *     with the place and the reason when it is none
 */
public record DeskPorts(
    AuditLog audit,
    LearnerDirectory directory,
    ProgressStore progress,
    ProgressRebuild rebuild,
    CompletionReport completion,
    UpcomingDrills upcoming,
    DialogStore dialogs,
    EventHistory history,
    CommandStream commands,
    CommandOutcomes outcomes,
    DeadLetters deadLetters,
    CodeBook codes,
    MessageLog messages,
    OutboundLedger ledger,
    Undelivered undelivered,
    Lags lags,
    DrillCatalogue drills,
    Keywords keywords,
    Function<String, DialogCommand> commandReader,
    InstantSource clock) {}
