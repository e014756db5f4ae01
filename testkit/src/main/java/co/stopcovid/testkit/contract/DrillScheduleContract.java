package co.stopcovid.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.DrillSchedule;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.ScheduledDrill;
import co.stopcovid.testkit.LearnerStory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link DrillSchedule} must do. */
public abstract class DrillScheduleContract extends StoredProgress {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final LocalDate DAY = LocalDate.parse("2026-11-22");
  private static final Instant END = NOON.plus(HOUR.multipliedBy(3));

  private DrillSchedule schedule() {
    return first().schedule();
  }

  /** Of a learner who is there. */
  private ScheduledDrill drill(Instant due) {
    LearnerStory story = LearnerStory.ofSomeone().registers("Acme");
    tell(story);
    return new ScheduledDrill(idOf(story), DAY, FIRST.slug(), due, END);
  }

  private static ScheduledDrill next(
      ScheduledDrill of, LocalDate day, DrillSlug drill, Instant due) {
    return new ScheduledDrill(of.learner(), day, drill, due, due.plus(HOUR));
  }

  private List<ScheduledDrill> claim(Instant now) {
    return schedule().claim(now, LEASE, 100);
  }

  @Test
  void aDrillCanBeClaimedOnceItIsDue() {
    ScheduledDrill drill = drill(NOON);

    assertThat(schedule().add(List.of(drill))).isEqualTo(1);
    assertThat(claim(NOON.minusMillis(1))).isEmpty();
    assertThat(claim(NOON)).containsExactly(drill);
  }

  /**
   * Damages what is stored of a drill, so that it cannot be read any more.
   *
   * @return false where nothing is stored that could be damaged
   */
  protected boolean makeUnreadable(LearnerId learner) {
    return false;
  }

  @Test
  void aDrillThatCannotBeReadKeepsNobodyFromTheirs() {
    List<ScheduledDrill> drills =
        List.of(drill(NOON), drill(NOON.plusMillis(1)), drill(NOON.plusMillis(2)));
    schedule().add(drills);
    boolean damaged = makeUnreadable(drills.getFirst().learner());

    List<ScheduledDrill> claimed = schedule().claim(END, LEASE, 2);
    assertThat(claimed).isEqualTo(damaged ? drills.subList(1, 3) : drills.subList(0, 2));
  }

  @Test
  void schedulingTwiceNeitherMovesNorDoubles() {
    ScheduledDrill drill = drill(NOON);
    schedule().add(List.of(drill));
    ScheduledDrill other = next(drill, DAY, SECOND.slug(), NOON.plusSeconds(60));

    assertThat(schedule().add(List.of(other))).isZero();
    assertThat(claim(END)).containsExactly(drill);
    assertThat(schedule().add(List.of(other))).as("while it is claimed").isZero();
    schedule().settle(List.of(drill));
    assertThat(schedule().add(List.of(other))).as("when it is settled").isZero();
    assertThat(claim(END.plus(HOUR))).isEmpty();
  }

  @Test
  void oneLearnerTwiceInOneCallIsScheduledOnce() {
    ScheduledDrill drill = drill(NOON);

    assertThat(schedule().add(List.of(drill, next(drill, DAY, SECOND.slug(), NOON)))).isEqualTo(1);
    assertThat(claim(NOON)).containsExactly(drill);
    assertThat(schedule().add(List.of())).isZero();
  }

  @Test
  void theNextDayReplacesWhatIsSettledOrOver() {
    ScheduledDrill settled = drill(NOON);
    ScheduledDrill over = drill(NOON);
    schedule().add(List.of(settled, over));
    schedule().settle(List.of(settled));
    ScheduledDrill second = next(settled, DAY.plusDays(1), SECOND.slug(), END);
    ScheduledDrill third = next(over, DAY.plusDays(1), SECOND.slug(), END);

    assertThat(schedule().add(List.of(second, third))).isEqualTo(2);
    assertThat(claim(END)).containsExactlyInAnyOrder(second, third);
  }

  @Test
  void theNextDayLeavesWhatIsStillToCome() {
    ScheduledDrill drill = drill(NOON);
    schedule().add(List.of(drill));

    assertThat(
            schedule()
                .add(List.of(next(drill, DAY.plusDays(1), SECOND.slug(), END.minusMillis(1)))))
        .isZero();
    assertThat(claim(END)).containsExactly(drill);
  }

  @Test
  void anEarlierDayReplacesNothing() {
    ScheduledDrill drill = drill(NOON);
    schedule().add(List.of(drill));
    schedule().settle(List.of(drill));

    assertThat(schedule().add(List.of(next(drill, DAY.minusDays(1), SECOND.slug(), END)))).isZero();
  }

  @Test
  void whatIsClaimedComesBackWhenTheLeaseIsOverUnlessItIsSettled() {
    ScheduledDrill left = drill(NOON);
    ScheduledDrill done = drill(NOON);
    schedule().add(List.of(left, done));
    assertThat(claim(NOON)).hasSize(2);
    schedule().settle(List.of(done));

    assertThat(claim(NOON.plus(LEASE).minusMillis(1))).isEmpty();
    assertThat(claim(NOON.plus(LEASE))).containsExactly(left);
    schedule().settle(List.of());
    assertThat(claim(END)).containsExactly(left);
  }

  @Test
  void settlingLeavesWhatWasRescheduledMeanwhile() {
    ScheduledDrill drill = drill(NOON);
    schedule().add(List.of(drill));
    ScheduledDrill next = next(drill, DAY.plusDays(1), SECOND.slug(), END);
    schedule().add(List.of(next));

    schedule().settle(List.of(drill));

    assertThat(claim(END)).containsExactly(next);
  }

  @Test
  void whatIsPutOffComesAtItsNewTimeOnly() {
    ScheduledDrill claimed = drill(NOON);
    schedule().add(List.of(claimed));
    claim(NOON);
    ScheduledDrill later = next(claimed, DAY.plusDays(1), FIRST.slug(), END);
    schedule().putOff(List.of(later));

    assertThat(claim(END.minusMillis(1))).isEmpty();
    assertThat(claim(END)).containsExactly(later);
    schedule().settle(List.of(claimed));
    assertThat(claim(END.plus(LEASE))).as("a claim of before settles nothing").hasSize(1);
    schedule().putOff(List.of());
  }

  @Test
  void whatIsSettledOrOfALaterDayIsNotPutOff() {
    ScheduledDrill settled = drill(NOON);
    ScheduledDrill another = drill(NOON);
    schedule().add(List.of(settled, another));
    schedule().settle(List.of(settled));
    ScheduledDrill earlier = next(another, DAY.minusDays(1), FIRST.slug(), END);

    schedule().putOff(List.of(next(settled, DAY, FIRST.slug(), END), earlier, drill(NOON)));

    assertThat(claim(END)).containsExactly(another);
  }

  @Test
  void noMoreThanTheLimitAreClaimedAndThoseAreTheEarliest() {
    List<ScheduledDrill> drills = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      drills.add(drill(NOON.plusSeconds(i)));
    }
    schedule().add(drills.reversed());

    assertThat(schedule().claim(END, LEASE, 3)).isEqualTo(drills.subList(0, 3));
    assertThat(schedule().claim(END, LEASE, 3)).isEqualTo(drills.subList(3, 6));
    assertThat(schedule().claim(END, LEASE, 3)).isEqualTo(drills.subList(6, 7));
    assertThat(schedule().claim(END, LEASE, 3)).isEmpty();
  }

  @Test
  void ofTwoWhoClaimEachDrillGoesToOne() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      Set<ScheduledDrill> drills = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        drills.add(drill(NOON));
      }
      schedule().add(drills);
      List<List<ScheduledDrill>> claims =
          Race.run(
              List.of(
                  () -> first().schedule().claim(NOON, LEASE, 100),
                  () -> second().schedule().claim(NOON, LEASE, 100)));
      List<ScheduledDrill> claimed = new ArrayList<>(claims.get(0));
      claimed.addAll(claims.get(1));
      // Who meets a claim under way passes it over.
      assertThat(claimed).doesNotHaveDuplicates().isSubsetOf(drills);
      schedule().settle(drills);
    }
  }

  @Test
  void ofTwoWhoScheduleOneIsFirst() throws InterruptedException {
    for (int round = 0; round < raceRounds(); round++) {
      ScheduledDrill one = drill(NOON);
      ScheduledDrill two = drill(NOON);
      List<Integer> added =
          Race.run(
              List.of(
                  () -> first().schedule().add(List.of(one, two)),
                  () -> second().schedule().add(List.of(two, one))));
      assertThat(added.get(0) + added.get(1)).isEqualTo(2);
      schedule().settle(List.of(one, two));
    }
  }
}
