package co.stopcovid.aws.handling;

import static co.stopcovid.aws.handling.EventWorld.FIRST;
import static co.stopcovid.aws.handling.EventWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.running.Enrolment;
import co.stopcovid.testkit.LearnerStory;
import co.stopcovid.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final int LEARNERS = 1_200;
  private static final List<DrillSlug> COURSE = List.of(FIRST.slug(), SECOND.slug());

  private final EventWorld world = new EventWorld();
  private final List<LearnerStory> stories =
      Samples.newLearners(LEARNERS).stream().map(LearnerStory::new).toList();

  @BeforeEach
  void enrol() {
    world.store.apply(
        stories.stream().map(story -> story.registers("Acme").last()).toList(),
        List.of(FIRST.slug()));
    world.publish(FIRST, SECOND);
  }

  private Enrolment enrolment() {
    return new Enrolment(world.catalogue(), world.store, SETTLING, world.clock);
  }

  /** Of one that has known the course for long enough. */
  private int run(BooleanSupplier hasTime) {
    Enrolment enrolment = enrolment();
    assertThat(enrolment.run(hasTime)).as("others may not know the course yet").isZero();
    world.clock.advance(SETTLING);
    return enrolment.run(hasTime);
  }

  private static BooleanSupplier pages(int count) {
    var left = new AtomicInteger(count);
    return () -> left.getAndDecrement() > 0;
  }

  private long reached() {
    return stories.stream()
        .map(story -> story.phone())
        .map(phone -> world.store.find(Set.of(phone)).values().iterator().next())
        .map(LearnerProgress::statuses)
        .filter(statuses -> statuses.size() == COURSE.size())
        .count();
  }

  @Test
  void aPublishedDrillReachesEverybodyOnce() {
    assertThat(run(() -> true)).isEqualTo(4);
    assertThat(reached()).isEqualTo(LEARNERS);
    assertThat(world.store.reachedCourse()).isEqualTo(COURSE);
    assertThat(run(() -> true)).isZero();
  }

  @Test
  void anotherProcessGoesOnWhereTimeWasUp() {
    assertThat(run(pages(1))).isEqualTo(1);
    assertThat(reached()).isEqualTo(500);
    assertThat(world.store.reachedCourse()).isEmpty();
    assertThat(run(pages(2))).isEqualTo(2);
    assertThat(reached()).isEqualTo(LEARNERS);
    assertThat(run(pages(2))).as("the end").isEqualTo(1);
    assertThat(world.store.reachedCourse()).isEqualTo(COURSE);
  }

  @Test
  void aCourseThatChangesOnItsWayBeginsAnew() {
    run(pages(2));
    world.publish(SECOND);
    assertThat(run(() -> true)).isEqualTo(4);
    assertThat(world.store.reachedCourse()).containsExactly(SECOND.slug());
  }
}
