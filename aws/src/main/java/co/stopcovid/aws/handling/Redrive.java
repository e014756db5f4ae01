package co.stopcovid.aws.handling;

import co.stopcovid.adapters.json.CommandCodec;
import co.stopcovid.aws.sqs.FailureReader;
import co.stopcovid.dialog.CommandStream;
import co.stopcovid.dialog.DeadLetter;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.NewCommand;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what is in a failure queue to its consumer again. An entry goes only once it is safe there:
 * what is cut short can be repeated, and is done once. What fails again is a new entry.
 */
public final class Redrive {
  private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

  private final CommandStream commands;
  private final Function<String, EventBatch> decoder;
  private final Map<String, Consumer<EventBatch>> events;
  private final Map<String, Consumer<String>> others;

  /**
   * @param decoder reads an event batch
   * @param events who takes a batch, by the source of its dead letter
   * @param others who takes another payload, by the source of its dead letter
   */
  public Redrive(
      CommandStream commands,
      Function<String, EventBatch> decoder,
      Map<String, Consumer<EventBatch>> events,
      Map<String, Consumer<String>> others) {
    this.commands = commands;
    this.decoder = decoder;
    this.events = Map.copyOf(events);
    this.others = Map.copyOf(others);
  }

  /**
   * What came of it.
   *
   * @param redriven entries that are with their consumers again
   * @param kept entries that could not be given again, and are still in the queue
   */
  public record Result(int redriven, int kept) {}

  /**
   * Redrives entries until the queue gives none, or the limit is reached.
   *
   * @throws RuntimeException in an outage; what was not redriven is still in the queue
   */
  public Result run(FailureReader queue, int limit) {
    int redriven = 0;
    int kept = 0;
    while (redriven + kept < limit) {
      List<FailureReader.Entry> entries = queue.receive(limit - redriven - kept);
      if (entries.isEmpty()) {
        break;
      }
      for (FailureReader.Entry entry : entries) {
        if (entry.letter().isPresent() && give(entry.letter().get())) {
          queue.delete(entry);
          redriven++;
        } else {
          kept++;
        }
      }
    }
    return new Result(redriven, kept);
  }

  /** False when nobody can take it as it is. */
  private boolean give(DeadLetter letter) {
    try {
      if (letter.source().equals(DeadLetter.COMMANDS)) {
        var command = CommandCodec.decode(letter.payload());
        commands.append(List.of(new NewCommand(command, "dead letter " + letter.sourceId())));
        return true;
      }
      Consumer<EventBatch> consumer = events.get(letter.source());
      if (consumer != null) {
        consumer.accept(decoder.apply(letter.payload()));
        return true;
      }
      Consumer<String> other = others.get(letter.source());
      if (other != null) {
        other.accept(letter.payload());
        return true;
      }
    } catch (RuntimeException e) {
      if (AwsFailures.kindOf(e).mayPass()) {
        throw e;
      }
      LOG.warn(
          "still in the failure queue: source={} id={}", letter.source(), letter.sourceId(), e);
      return false;
    }
    LOG.warn("nobody takes this: source={} id={}", letter.source(), letter.sourceId());
    return false;
  }
}
