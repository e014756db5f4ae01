package co.stopcovid.progress;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillSlug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One learner's progress over all drills and phone numbers. It follows from the event batches.
 *
 * @param profile as of the learner's last word, on whichever number
 * @param unasked the sessions that came unasked, and whether the learner wrote since
 * @param phones in the order of the numbers; at least one, one of them the primary
 * @param statuses in the order that the drills are taught in
 * @param instances in the order of their ids
 */
public record LearnerProgress(
    LearnerId id,
    UserProfile profile,
    Instant lastInteractedTime,
    UnaskedSessions unasked,
    List<LearnerPhone> phones,
    List<DrillStatus> statuses,
    List<DrillInstance> instances) {
  private static final Comparator<UUID> AS_IN_SQL =
      (a, b) -> new LearnerId(a).compareTo(new LearnerId(b));

  public LearnerProgress {
    phones = sorted(phones, Comparator.comparing(LearnerPhone::phone));
    statuses = sorted(statuses, Comparator.naturalOrder());
    instances = sorted(instances, Comparator.comparing(DrillInstance::id, AS_IN_SQL));
  }

  /** A learner who is just heard of, by a first batch that is not applied yet. */
  public static LearnerProgress enrolled(
      LearnerNumbers numbers, List<DrillSlug> course, EventBatch first) {
    List<DrillStatus> statuses = new ArrayList<>(course.size());
    for (DrillSlug drill : course) {
      statuses.add(DrillStatus.notStarted(drill, statuses.size()));
    }
    return new LearnerProgress(
        numbers.learner(),
        UserProfile.NEW,
        first.createdTime(),
        UnaskedSessions.NONE,
        numbers.all().stream()
            .map(phone -> LearnerPhone.silent(phone, phone.equals(numbers.primary())))
            .toList(),
        statuses,
        List.of());
  }

  private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
    for (int i = 1; i < list.size(); i++) {
      if (order.compare(list.get(i - 1), list.get(i)) > 0) {
        return list.stream().sorted(order).toList();
      }
    }
    return List.copyOf(list);
  }

  public Optional<LearnerPhone> phone(PhoneNumber number) {
    return phones.stream().filter(phone -> phone.phone().equals(number)).findFirst();
  }

  public Optional<DrillStatus> status(DrillSlug drill) {
    return statuses.stream().filter(status -> status.drill().equals(drill)).findFirst();
  }

  public Optional<DrillInstance> instance(UUID instanceId) {
    return instances.stream().filter(instance -> instance.id().equals(instanceId)).findFirst();
  }

  /**
   * The number for what the learner did not ask for: the primary one if its dialog takes drills,
   * else another that does. Empty when the learner is not registered or has opted out.
   */
  public Optional<PhoneNumber> reachableAt() {
    if (!profile.validated() || profile.optedOut()) {
      return Optional.empty();
    }
    return phones.stream()
        .filter(LearnerPhone::isReachable)
        .sorted(Comparator.comparing(phone -> !phone.primary()))
        .map(LearnerPhone::phone)
        .findFirst();
  }

  public LearnerNumbers numbers() {
    return LearnerNumbers.of(id, phones);
  }

  /** Whether the dialog of one of the numbers was followed further than in the other tree. */
  public boolean isAheadOf(LearnerProgress other) {
    return phones.stream()
        .anyMatch(
            phone ->
                other
                    .phone(phone.phone())
                    .map(same -> phone.version() > same.version())
                    .orElse(true));
  }

  /**
   * With a row for each drill of the course, at its place. Rows of other drills stay as they are.
   */
  public LearnerProgress inCourse(List<DrillSlug> course) {
    Map<DrillSlug, DrillStatus> rows = new LinkedHashMap<>();
    statuses.forEach(status -> rows.put(status.drill(), status));
    for (int place = 0; place < course.size(); place++) {
      DrillSlug drill = course.get(place);
      DrillStatus present = rows.get(drill);
      rows.put(drill, present == null ? DrillStatus.notStarted(drill, place) : present.at(place));
    }
    return withStatuses(List.copyOf(rows.values()));
  }

  /**
   * With the places that the rows have in a stored tree, and with the rows that it has beyond
   * these, as drills that were not started.
   */
  public LearnerProgress placedAs(LearnerProgress stored) {
    Map<DrillSlug, DrillStatus> rows = new LinkedHashMap<>();
    statuses.forEach(status -> rows.put(status.drill(), status));
    for (DrillStatus status : stored.statuses()) {
      DrillStatus rebuilt = rows.get(status.drill());
      rows.put(status.drill(), rebuilt == null ? status.reset() : rebuilt.at(status.place()));
    }
    return withStatuses(List.copyOf(rows.values()));
  }

  LearnerProgress withPhone(LearnerPhone changed) {
    return withPhones(
        replace(phones, phone -> phone.phone().equals(changed.phone()) ? changed : phone));
  }

  public LearnerProgress withPhones(List<LearnerPhone> next) {
    return new LearnerProgress(id, profile, lastInteractedTime, unasked, next, statuses, instances);
  }

  LearnerProgress withProfile(UserProfile next) {
    return new LearnerProgress(id, next, lastInteractedTime, unasked, phones, statuses, instances);
  }

  LearnerProgress withUnasked(UnaskedSessions next) {
    return new LearnerProgress(id, profile, lastInteractedTime, next, phones, statuses, instances);
  }

  LearnerProgress withLastInteracted(Instant time) {
    return time.isAfter(lastInteractedTime)
        ? new LearnerProgress(id, profile, time, unasked, phones, statuses, instances)
        : this;
  }

  public LearnerProgress withStatuses(List<DrillStatus> next) {
    return new LearnerProgress(id, profile, lastInteractedTime, unasked, phones, next, instances);
  }

  LearnerProgress withInstances(List<DrillInstance> next) {
    return new LearnerProgress(id, profile, lastInteractedTime, unasked, phones, statuses, next);
  }

  static <T> List<T> replace(List<T> list, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(list);
    changed.replaceAll(change);
    return changed;
  }

  /** Without the profile, which is private. */
  @Override
  public String toString() {
    return "LearnerProgress[%s, %d statuses, %d instances]"
        .formatted(id, statuses.size(), instances.size());
  }
}
