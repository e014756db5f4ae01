package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.adapters.postgres.RememberedTrees.Move;
import co.stopcovid.adapters.postgres.RememberedTrees.Remembered;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.AccountInfo;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressRules;
import co.stopcovid.progress.UnaskedSessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event batches of many learners, applied in one transaction with a handful of statements. Of
 * each tree only that part is read which the events name, as {@link ProgressRules} allows.
 */
final class ProgressBatch {
  private final Connection connection;
  private final List<DrillSlug> course;
  private final RememberedTrees remembered;
  private final Map<PhoneNumber, Remembered> written = new HashMap<>();
  private final SortedMap<PhoneNumber, SortedMap<Long, EventBatch>> batches = new TreeMap<>();
  private final Map<PhoneNumber, Long> gaps = new HashMap<>();

  ProgressBatch(
      Connection connection,
      Collection<EventBatch> given,
      List<DrillSlug> course,
      RememberedTrees remembered) {
    this.connection = connection;
    this.course = course;
    this.remembered = remembered;
    for (EventBatch batch : given) {
      batches.computeIfAbsent(batch.phone(), phone -> new TreeMap<>()).put(batch.version(), batch);
    }
  }

  /**
   * A learner as far as read: some of the numbers, none of drills.
   *
   * @param revision of the first of these numbers
   * @param hasSeveral whether there may be other numbers
   */
  private record Locked(
      LearnerId id,
      boolean validated,
      String profile,
      boolean hasSeveral,
      Instant lastInteracted,
      UnaskedSessions unasked,
      long revision,
      List<LearnerPhone> phones) {
    Locked at(Instant time) {
      return new Locked(id, validated, profile, hasSeveral, time, unasked, revision, phones);
    }
  }

  /**
   * @return the numbers with a gap, each with the version that it is at
   */
  Map<PhoneNumber, Long> apply() throws SQLException {
    moveRemembered();
    if (batches.isEmpty()) {
      return gaps;
    }
    insertNewLearners();
    Map<LearnerId, Locked> locked = lockOwners();
    Map<LearnerId, List<EventBatch>> due = new HashMap<>();
    locked.forEach(
        (id, learner) -> {
          List<EventBatch> next = new ArrayList<>();
          learner.phones().forEach(phone -> next.addAll(due(phone)));
          if (!next.isEmpty()) {
            due.put(id, next);
          }
        });
    noteGapsOfUnknown(locked.values());
    if (!due.isEmpty()) {
      write(locked, due);
    }
    return gaps;
  }

  /** What is to be remembered once it is committed. */
  Map<PhoneNumber, Remembered> written() {
    return written;
  }

  /** Where nobody else has changed the tree, a learner's answer needs no look at the tables. */
  private void moveRemembered() throws SQLException {
    Map<PhoneNumber, Remembered> trees = remembered.find(batches.keySet());
    remembered.forget(batches.keySet());
    SortedMap<PhoneNumber, Move> moves = new TreeMap<>();
    trees.forEach(
        (phone, tree) ->
            RememberedTrees.move(tree, batchesOf(phone)).ifPresent(it -> moves.put(phone, it)));
    if (moves.isEmpty()) {
      return;
    }
    moves.keySet().retainAll(ProgressWriter.move(connection, List.copyOf(moves.values())));
    var writer = new ProgressWriter(connection);
    moves.forEach(
        (phone, move) -> {
          writer.addMoved(move.before(), move.after());
          written.put(phone, move.written());
          batches.remove(phone);
        });
    writer.write();
  }

  private SortedMap<Long, EventBatch> batchesOf(PhoneNumber phone) {
    return batches.getOrDefault(phone, Collections.emptySortedMap());
  }

  /** The batches of a number that follow on what was applied, up to a gap. */
  private List<EventBatch> due(LearnerPhone phone) {
    List<EventBatch> due = new ArrayList<>();
    long version = phone.version();
    for (EventBatch batch : batchesOf(phone.phone()).tailMap(version + 1).values()) {
      if (batch.version() != version + 1) {
        gaps.put(phone.phone(), version);
        break;
      }
      due.add(batch);
      version++;
    }
    return due;
  }

  private void noteGapsOfUnknown(Collection<Locked> locked) {
    Set<PhoneNumber> unknown = new HashSet<>(batches.keySet());
    locked.forEach(learner -> learner.phones().forEach(phone -> unknown.remove(phone.phone())));
    unknown.forEach(phone -> gaps.put(phone, 0L));
  }

  private void insertNewLearners() throws SQLException {
    Map<PhoneNumber, EventBatch> firsts = new HashMap<>();
    batches.forEach(
        (phone, own) -> {
          if (own.firstKey() == 1) {
            firsts.put(phone, own.firstEntry().getValue());
          }
        });
    if (!firsts.isEmpty()) {
      firsts.keySet().removeAll(new ProgressReader(connection).owners(firsts.keySet()).keySet());
    }
    if (firsts.isEmpty()) {
      return;
    }
    Map<LearnerId, LearnerProgress> learners = new HashMap<>();
    firsts.forEach(
        (phone, first) -> {
          LearnerNumbers numbers = LearnerNumbers.single(phone);
          learners.put(numbers.learner(), LearnerProgress.enrolled(numbers, course, first));
        });
    Set<LearnerId> inserted = ProgressWriter.insertUsers(connection, learners.values());
    Set<PhoneNumber> phones = ProgressWriter.insertPhones(connection, learners.values());
    learners.keySet().retainAll(inserted);
    // A number may have been linked to another learner in this very moment.
    List<LearnerId> linked =
        learners.values().stream()
            .filter(learner -> !phones.contains(learner.phones().getFirst().phone()))
            .map(LearnerProgress::id)
            .toList();
    if (!linked.isEmpty()) {
      PostgresProgressStore.deleteUsersWithoutNumber(connection, linked);
      learners.keySet().removeAll(Set.copyOf(linked));
    }
    var writer = new ProgressWriter(connection);
    learners.values().forEach(writer::addStatuses);
    writer.write();
  }

  /**
   * Locks the numbers in their order, then their learners in the order of their ids, as {@link
   * #lock} does: the sort has all numbers locked before the first learner.
   */
  private Map<LearnerId, Locked> lockOwners() throws SQLException {
    String sql =
        """
        with numbers as (
          select * from phone_numbers where phone = any(?) order by phone for no key update)
        select u.user_id, u.validated, u.profile, u.has_several, p.last_interacted_time,
          u.unanswered_sessions, u.last_unasked_time, p.revision, p.phone, p.is_primary, p.seq, p.version, p.validated, p.opted_out
        from users u join numbers p using (user_id)
        order by u.user_id, p.phone
        for no key update of u
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, batches.keySet(), PhoneNumber::value));
      Map<LearnerId, Locked> locked = new HashMap<>();
      List<LearnerId> several = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var id = new LearnerId(ProgressColumns.uuid(row, 1));
          Locked learner = locked.get(id);
          if (learner == null) {
            learner =
                new Locked(
                    id,
                    row.getBoolean(2),
                    row.getString(3),
                    row.getBoolean(4),
                    ProgressColumns.time(row, 5),
                    ProgressColumns.unasked(row, 6),
                    row.getLong(8),
                    new ArrayList<>());
            locked.put(id, learner);
            if (learner.hasSeveral()) {
              several.add(id);
            }
          }
          learner.phones().add(ProgressReader.phone(row, 9));
        }
      }
      if (!several.isEmpty()) {
        lastInteractions(several)
            .forEach((id, time) -> locked.computeIfPresent(id, (same, it) -> it.at(time)));
      }
      return locked;
    }
  }

  /** Of learners who may have another number, on any of them; after they are locked. */
  private Map<LearnerId, Instant> lastInteractions(List<LearnerId> learners) throws SQLException {
    String sql =
        """
        select user_id, max(last_interacted_time) from phone_numbers
        where user_id = any(?) group by user_id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ProgressColumns.uuids(connection, learners, LearnerId::value));
      Map<LearnerId, Instant> times = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          times.put(new LearnerId(ProgressColumns.uuid(row, 1)), ProgressColumns.time(row, 2));
        }
      }
      return times;
    }
  }

  /** Locks the numbers of learners in their order, then the learners in the order of their ids. */
  static void lock(Connection connection, Collection<LearnerId> learners) throws SQLException {
    for (String sql :
        List.of(
            "select 1 from phone_numbers where user_id = any(?) order by phone for no key update",
            "select 1 from users where user_id = any(?) order by user_id for no key update")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(1, ProgressColumns.uuids(connection, learners, LearnerId::value));
        statement.execute();
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is still the one that was put in.
  private void write(Map<LearnerId, Locked> locked, Map<LearnerId, List<EventBatch>> due)
      throws SQLException {
    ProgressParts parts = ProgressParts.read(new ProgressReader(connection), due);
    var writer = new ProgressWriter(connection);
    for (Map.Entry<LearnerId, List<EventBatch>> entry : due.entrySet()) {
      Locked learner = locked.get(entry.getKey());
      if (learner == null) {
        continue;
      }
      // Of the profile only this is looked at; it is kept or replaced as a whole.
      UserProfile unread =
          new UserProfile(learner.validated(), false, false, null, AccountInfo.NONE, Map.of());
      var before =
          new LearnerProgress(
              learner.id(),
              unread,
              learner.lastInteracted(),
              learner.unasked(),
              learner.phones(),
              parts.statuses(learner.id()),
              parts.instances(learner.id()));
      LearnerProgress after = before;
      for (EventBatch batch : entry.getValue()) {
        after = ProgressRules.apply(after, batch);
      }
      boolean profileChanged =
          after.profile() != unread && !isStored(after.profile(), learner.profile());
      writer.addChanges(before, after, profileChanged);
      if (!learner.hasSeveral() && after.profile() != unread) {
        written.put(after.phones().getFirst().phone(), Remembered.of(after, learner.revision()));
      }
    }
    writer.write();
  }

  /** The database writes JSON in its own way. What it has and nobody can read is replaced. */
  private static boolean isStored(UserProfile profile, String stored) {
    try {
      return ProfileCodec.decode(stored).equals(profile);
    } catch (MalformedJsonException e) {
      return false;
    }
  }
}
