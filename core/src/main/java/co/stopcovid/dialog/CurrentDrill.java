package co.stopcovid.dialog;

import co.stopcovid.drills.DrillVersion;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The drill that a learner is in.
 *
 * @param drill fixed at the start, whatever is published meanwhile
 * @param prompt the prompt that waits; null only between two events of one batch
 */
public record CurrentDrill(DrillVersion drill, UUID instanceId, @Nullable PromptState prompt) {
  CurrentDrill with(@Nullable PromptState next) {
    return new CurrentDrill(drill, instanceId, next);
  }
}
