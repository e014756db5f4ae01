package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.postgres.ProgressReader.ByLearner;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.EventBatch;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerNumbers;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Progress in the tables {@code users}, {@code phone_numbers}, {@code drill_statuses} and {@code
 * drill_instances}. Whoever changes a learner's tree first locks the learner's numbers, then the
 * row in {@code users}: the numbers in their order, then the learners in the order of their ids,
 * new ones before, so that no two wait in a circle. Who remembers a tree of a learner with one
 * number ({@link RememberedTrees}) locks that number alone, so whoever changes such a tree
 * otherwise gives its number a new revision. These numbers are locked before all others and not in
 * one order with them: of those who then wait in a circle one is failed, and tries again.
 */
public final class PostgresProgressStore implements ProgressStore {
  private static final UUID LOWEST = new UUID(0, 0);

  private final Database database;
  private final RememberedTrees remembered;

  /** One that reads every tree. */
  public PostgresProgressStore(Database database) {
    this(database, RememberedTrees.none());
  }

  private PostgresProgressStore(Database database, RememberedTrees remembered) {
    this.database = database;
    this.remembered = remembered;
  }

  /** One that does not read what it has just applied. To be made anew with every lease. */
  public static PostgresProgressStore remembering(Database database) {
    return new PostgresProgressStore(database, RememberedTrees.most());
  }

  @Override
  public Map<PhoneNumber, Long> apply(Collection<EventBatch> batches, List<DrillSlug> course) {
    if (batches.isEmpty()) {
      return Map.of();
    }
    return database.writeUnlessInACircle(
        handle -> {
          var batch = new ProgressBatch(handle.getConnection(), batches, course, remembered);
          Map<PhoneNumber, Long> gaps = batch.apply();
          database.afterCommit(() -> remembered.keep(batch.written()));
          return gaps;
        });
  }

  @Override
  public Map<PhoneNumber, LearnerProgress> find(Set<PhoneNumber> phones) {
    if (phones.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle -> {
          var reader = new ProgressReader(handle.getConnection());
          Map<PhoneNumber, LearnerId> owners = reader.owners(phones);
          Map<LearnerId, LearnerProgress> trees =
              reader.readableTrees(new HashSet<>(owners.values()));
          Map<PhoneNumber, LearnerProgress> found = HashMap.newHashMap(owners.size());
          owners.forEach(
              (phone, owner) -> {
                LearnerProgress tree = trees.get(owner);
                if (tree != null) {
                  found.put(phone, tree);
                }
              });
          return found;
        });
  }

  @Override
  public Map<LearnerId, LearnerProgress> load(Set<LearnerId> learners) {
    return database.read(
        handle -> new ProgressReader(handle.getConnection()).readableTrees(learners));
  }

  @Override
  public Map<PhoneNumber, LearnerNumbers> numbersOfSeveral(Set<PhoneNumber> phones) {
    return database.read(
        handle -> {
          var reader = new ProgressReader(handle.getConnection());
          Map<PhoneNumber, LearnerId> owners = reader.owners(phones);
          ByLearner<LearnerPhone> numbers = reader.phonesOf(new HashSet<>(owners.values()));
          Map<PhoneNumber, LearnerNumbers> several = new HashMap<>();
          owners.forEach(
              (phone, owner) -> {
                List<LearnerPhone> all = numbers.of(owner);
                if (all.size() > 1) {
                  several.put(phone, LearnerNumbers.of(owner, all));
                }
              });
          return several;
        });
  }

  @Override
  public boolean link(LearnerId learner, PhoneNumber additional) {
    String insert =
        """
        insert into phone_numbers
          (phone, user_id, is_primary, seq, version, validated, opted_out, last_interacted_time)
        select :phone, user_id, false, '0', 0, false, false, (
          select max(p.last_interacted_time) from phone_numbers p where p.user_id = u.user_id)
        from users u where user_id = :user
        on conflict (phone) do nothing
        """;
    String mark =
        """
        update users set has_several = true where user_id = :user
          and exists (select from phone_numbers where phone = :phone and user_id = :user)
        """;
    return database.writeUnlessInACircle(
        handle -> {
          ProgressBatch.lock(handle.getConnection(), Set.of(learner));
          handle
              .createUpdate(insert)
              .bind("phone", additional.value())
              .bind("user", learner.value())
              .execute();
          boolean linked =
              handle
                      .createUpdate(mark)
                      .bind("phone", additional.value())
                      .bind("user", learner.value())
                      .execute()
                  > 0;
          if (linked) {
            ProgressWriter.revise(handle.getConnection(), Set.of(learner));
          }
          return linked;
        });
  }

  @Override
  public Optional<LearnerId> enrol(List<DrillSlug> course, @Nullable LearnerId after, int limit) {
    String page =
        """
        select user_id from users where user_id > ? order by user_id limit ? for no key update
        """;
    String rows =
        """
        insert into drill_statuses (user_id, drill_slug, place_in_sequence)
        select u.id, c.drill, c.n - 1
        from unnest(?::uuid[]) as u (id)
          cross join unnest(?::text[]) with ordinality as c (drill, n)
        on conflict (user_id, drill_slug) do update
          set place_in_sequence = excluded.place_in_sequence
          where drill_statuses.place_in_sequence <> excluded.place_in_sequence
        """;
    return database.write(
        handle -> {
          List<UUID> users =
              handle
                  .createQuery(page)
                  .bind(0, after == null ? LOWEST : after.value())
                  .bind(1, limit)
                  .mapTo(UUID.class)
                  .list();
          if (users.isEmpty()) {
            return Optional.empty();
          }
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(rows)) {
            statement.setArray(1, ProgressColumns.uuids(connection, users, id -> id));
            statement.setArray(2, Columns.texts(connection, course, DrillSlug::value));
            statement.executeUpdate();
          }
          return Optional.of(new LearnerId(users.getLast()));
        });
  }

  @Override
  public List<DrillSlug> reachedCourse() {
    return database.read(
        handle ->
            handle
                .createQuery("select drills from reached_course")
                .mapTo(String.class)
                .one()
                .lines()
                .map(DrillSlug::new)
                .toList());
  }

  @Override
  public void recordReached(List<DrillSlug> course) {
    String update =
        "update reached_course set drills = ?, drills_under_way = null, last_user_id = null";
    database.write(handle -> handle.createUpdate(update).bind(0, lines(course)).execute());
  }

  @Override
  public Optional<LearnerId> reachedSoFar(List<DrillSlug> course) {
    String query = "select last_user_id from reached_course where drills_under_way = ?";
    return database.read(
        handle ->
            handle
                .createQuery(query)
                .bind(0, lines(course))
                .mapTo(UUID.class)
                .findOne()
                .map(LearnerId::new));
  }

  @Override
  public void recordReachedSoFar(List<DrillSlug> course, LearnerId last) {
    String update = "update reached_course set drills_under_way = ?, last_user_id = ?";
    database.write(
        handle ->
            handle.createUpdate(update).bind(0, lines(course)).bind(1, last.value()).execute());
  }

  private static String lines(List<DrillSlug> course) {
    return String.join("\n", course.stream().map(DrillSlug::value).toList());
  }

  @Override
  public Replaced replace(Collection<LearnerProgress> rebuilt) {
    if (rebuilt.isEmpty()) {
      return new Replaced(Set.of(), Set.of());
    }
    return database.writeUnlessInACircle(
        handle -> new ProgressReplacement(handle.getConnection(), rebuilt).replace());
  }

  /** Learners that were just added, but whose number turned out to be another learner's. */
  static void deleteUsersWithoutNumber(Connection connection, Collection<LearnerId> users)
      throws SQLException {
    String sql =
        """
        delete from users u where u.user_id = any(?)
          and not exists (select from phone_numbers p where p.user_id = u.user_id)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ProgressColumns.uuids(connection, users, LearnerId::value));
      statement.executeUpdate();
    }
  }
}
