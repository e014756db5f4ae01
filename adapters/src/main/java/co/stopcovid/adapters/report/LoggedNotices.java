package co.stopcovid.adapters.report;

import co.stopcovid.common.Failure;
import co.stopcovid.running.Notice;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Writes notices of running to a log. */
public final class LoggedNotices implements Consumer<Notice> {
  private final Logger log;

  /**
   * @param log of those whose notices they are
   */
  public LoggedNotices(Logger log) {
    this.log = log;
  }

  @Override
  public void accept(Notice notice) {
    switch (notice) {
      case Notice.CommandMalformed malformed ->
          log.warn("malformed command: seq={} reason={}", malformed.seq(), malformed.reason());
      case Notice.CommandRejected rejected ->
          log.warn("command rejected: seq={} reason={}", rejected.seq(), rejected.reason());
      case Notice.CommandFailed failed ->
          log.error(
              "command failed and goes to the dead letters: seq={}",
              failed.seq(),
              failed.failure());
      case Notice.CommandWaits waits ->
          log.warn(
              "command waits: seq={} phone={} reason={}",
              waits.seq(),
              waits.phone(),
              waits.reason());
      case Notice.LearnerPassedOver passed ->
          log.error(
              "learner is passed over: consumer={} phone={} reason={}",
              passed.consumer(),
              passed.phone(),
              passed.reason());
      case Notice.RedriveFailed failed ->
          log.warn(
              "still a dead letter: source={} id={} reason={}",
              failed.source(),
              failed.id(),
              Failure.reasonOf(failed.failure()));
    }
  }
}
