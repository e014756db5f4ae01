package co.stopcovid.running;

import co.stopcovid.dialog.Outcome;
import co.stopcovid.dialog.SequencedCommand;

/** A command and what became of it. */
public record HandledCommand(SequencedCommand command, Outcome outcome) {}
