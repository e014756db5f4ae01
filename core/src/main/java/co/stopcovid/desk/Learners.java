package co.stopcovid.desk;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.DialogStore;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.EventHistory;
import co.stopcovid.progress.LearnerDirectory;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRebuild;
import co.stopcovid.progress.ProgressStore;
import co.stopcovid.sms.MessageLog;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learners: who they are, where their dialogs stand, how far they have come, what was said. */
public final class Learners {
  private final Performer performer;
  private final LearnerDirectory directory;
  private final ProgressStore progress;
  private final DialogStore dialogs;
  private final EventHistory history;
  private final MessageLog log;
  private final ProgressRebuild rebuild;

  Learners(Performer performer, DeskPorts ports) {
    this.performer = performer;
    this.directory = ports.directory();
    this.progress = ports.progress();
    this.dialogs = ports.dialogs();
    this.history = ports.history();
    this.log = ports.messages();
    this.rebuild = ports.rebuild();
  }

  /** See {@link LearnerDirectory#page}. */
  public Result<List<LearnerProgress>> page(
      Person by, @Nullable String company, @Nullable LearnerId after, int limit) {
    return performer.look(
        by,
        Operation.LIST_LEARNERS,
        () -> new Result.Done<>(directory.page(company, after, limit)));
  }

  /** See {@link LearnerDirectory#silent}. */
  public Result<List<LearnerProgress>> silent(Person by, @Nullable LearnerId after, int limit) {
    return performer.look(
        by, Operation.LIST_LEARNERS, () -> new Result.Done<>(directory.silent(after, limit)));
  }

  /** The learner with a number; unknown when nothing was ever heard from it. */
  public Result<KnownLearner> show(Person by, PhoneNumber phone) {
    return performer.look(
        by,
        Operation.SHOW_LEARNER,
        () -> {
          var known =
              new KnownLearner(phone, progress(phone), dialogs.load(Set.of(phone)).get(phone));
          return known.isSilent() ? Result.refused(unknown()) : new Result.Done<>(known);
        });
  }

  private @Nullable LearnerProgress progress(PhoneNumber phone) {
    return progress.find(Set.of(phone)).get(phone);
  }

  private static Refusal unknown() {
    return Refusal.unknown("no learner with this number is known: nothing was heard of it");
  }

  /**
   * What was said on a number, the newest first; empty for one that is not known.
   *
   * @param from where the page before ended; null for the first page
   */
  public Result<Conversation> conversation(
      Person by, PhoneNumber phone, Conversation.@Nullable Moment from, int limit) {
    return performer.look(
        by,
        Operation.READ_CONVERSATION,
        () -> {
          Conversation.Moment start = from == null ? Conversation.LATEST : from;
          return new Result.Done<>(
              Conversation.page(
                  log.conversation(phone, start.time().plusMillis(1), limit + start.shown()),
                  start,
                  limit));
        });
  }

  /** Event batches of a number after a version; see {@link EventHistory#after}. */
  public Result<List<EventBatch>> events(Person by, PhoneNumber phone, long version, int limit) {
    return performer.look(
        by, Operation.READ_EVENTS, () -> new Result.Done<>(history.after(phone, version, limit)));
  }

  /** Makes a number that nothing was heard of another number of the learner. */
  public Result<LearnerProgress> link(Person by, PhoneNumber phone, PhoneNumber additional) {
    return performer.change(
        by,
        Operation.LINK_NUMBER,
        () -> learner(phone),
        () -> {
          LearnerProgress learner = progress(phone);
          if (learner == null) {
            return Result.refused(unknown());
          }
          if (!progress.link(learner.id(), additional)) {
            return Result.refused(Refusal.conflict("phone_number", "belongs to another learner"));
          }
          LearnerProgress linked = progress(phone);
          return new Result.Done<>(linked == null ? learner : linked);
        });
  }

  /** Computes the learner's progress anew from the events of all the learner's numbers. */
  public Result<ProgressRebuild.Result> rebuild(Person by, PhoneNumber phone) {
    return performer.change(
        by,
        Operation.REBUILD_LEARNER,
        () -> learner(phone),
        () -> {
          ProgressRebuild.Result result = rebuild.of(phone);
          return result.batches() == 0 ? Result.refused(unknown()) : new Result.Done<>(result);
        });
  }

  Subject learner(PhoneNumber phone) {
    return new Subject.Learner(id(phone));
  }

  LearnerId id(PhoneNumber phone) {
    var several = progress.numbersOfSeveral(Set.of(phone)).get(phone);
    return several == null ? LearnerId.of(phone) : several.learner();
  }
}
