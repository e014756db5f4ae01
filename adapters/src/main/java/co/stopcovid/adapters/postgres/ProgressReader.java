package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.common.SequenceNumber;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads trees of the progress tables, whole or in part, each table with one statement. */
final class ProgressReader {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);

  private final Connection connection;

  ProgressReader(Connection connection) {
    this.connection = connection;
  }

  /** Rows of one table by their learner. */
  static final class ByLearner<T> {
    private final Map<LearnerId, List<T>> rows = new HashMap<>();

    void add(LearnerId learner, T row) {
      rows.computeIfAbsent(learner, first -> new ArrayList<>()).add(row);
    }

    void addAll(ByLearner<T> others) {
      rows.putAll(others.rows);
    }

    List<T> of(LearnerId learner) {
      return rows.getOrDefault(learner, List.of());
    }
  }

  /**
   * The whole trees of these learners, as far as they can be read: they are taken in halves until
   * the one is found that cannot.
   */
  Map<LearnerId, LearnerProgress> readableTrees(Collection<LearnerId> learners)
      throws SQLException {
    try {
      return trees(learners);
    } catch (UnreadableRowException e) {
      List<LearnerId> all = List.copyOf(learners);
      if (all.size() == 1) {
        LOG.error("progress cannot be read: learner={} reason={}", all.getFirst(), e.getMessage());
        return Map.of();
      }
      Map<LearnerId, LearnerProgress> trees =
          new LinkedHashMap<>(readableTrees(all.subList(0, all.size() / 2)));
      trees.putAll(readableTrees(all.subList(all.size() / 2, all.size())));
      return trees;
    }
  }

  /**
   * The whole trees of these learners. Unknown ones are left out.
   *
   * @throws UnreadableRowException when one of them cannot be read
   */
  Map<LearnerId, LearnerProgress> trees(Collection<LearnerId> learners) throws SQLException {
    Map<LearnerId, LearnerProgress> trees = new LinkedHashMap<>();
    if (learners.isEmpty()) {
      return trees;
    }
    ByLearner<LearnerPhone> phones = phonesOf(learners);
    ByLearner<DrillStatus> statuses = statusesOf(learners);
    ByLearner<DrillInstance> instances = instancesOf(learners);
    String sql =
        """
        select u.user_id, u.profile, coalesce((
          select max(last_interacted_time) from phone_numbers p where p.user_id = u.user_id),
          timestamptz 'epoch'), u.unanswered_sessions, u.last_unasked_time
        from users u
        where u.user_id = any(?) order by u.user_id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids(learners));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          var id = new LearnerId(ProgressColumns.uuid(row, 1));
          UserProfile profile = Rows.read("users", row, it -> ProfileCodec.decode(it.getString(2)));
          Instant time = ProgressColumns.time(row, 3);
          trees.put(
              id,
              new LearnerProgress(
                  id,
                  profile,
                  time,
                  ProgressColumns.unasked(row, 4),
                  phones.of(id),
                  statuses.of(id),
                  instances.of(id)));
        }
      }
    }
    return trees;
  }

  /** The learners with these numbers. */
  Map<PhoneNumber, LearnerId> owners(Collection<PhoneNumber> phones) throws SQLException {
    String sql = "select phone, user_id from phone_numbers where phone = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, phones, PhoneNumber::value));
      Map<PhoneNumber, LearnerId> owners = HashMap.newHashMap(phones.size());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          owners.put(
              new PhoneNumber(row.getString(1)), new LearnerId(ProgressColumns.uuid(row, 2)));
        }
      }
      return owners;
    }
  }

  ByLearner<LearnerPhone> phonesOf(Collection<LearnerId> learners) throws SQLException {
    String sql =
        """
        select user_id, phone, is_primary, seq, version, validated, opted_out
        from phone_numbers where user_id = any(?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids(learners));
      var phones = new ByLearner<LearnerPhone>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          phones.add(
              new LearnerId(ProgressColumns.uuid(row, 1)),
              Rows.read("phone_numbers", row, it -> phone(it, 2)));
        }
      }
      return phones;
    }
  }

  /** A number from six columns, beginning with a given one. */
  static LearnerPhone phone(ResultSet row, int first) throws SQLException {
    return new LearnerPhone(
        new PhoneNumber(row.getString(first)),
        row.getBoolean(first + 1),
        SequenceNumber.parse(row.getString(first + 2)),
        row.getLong(first + 3),
        row.getBoolean(first + 4),
        row.getBoolean(first + 5));
  }

  ByLearner<DrillStatus> statusesOf(Collection<LearnerId> learners) throws SQLException {
    String sql =
        """
        select user_id, drill_slug, place_in_sequence, drill_instance_id, started_time,
          completed_time
        from drill_statuses where user_id = any(?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids(learners));
      return statuses(statement);
    }
  }

  /** Of these learners the statuses for some drills, or last run in some instances. */
  ByLearner<DrillStatus> statusesOf(
      Collection<LearnerId> learners, Collection<DrillSlug> drills, Collection<UUID> instances)
      throws SQLException {
    String sql =
        """
        select user_id, drill_slug, place_in_sequence, drill_instance_id, started_time,
          completed_time
        from drill_statuses
        where user_id = any(?) and (drill_slug = any(?) or drill_instance_id = any(?))
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids(learners));
      statement.setArray(2, Columns.texts(connection, drills, DrillSlug::value));
      statement.setArray(3, ProgressColumns.uuids(connection, instances, id -> id));
      return statuses(statement);
    }
  }

  private static ByLearner<DrillStatus> statuses(PreparedStatement statement) throws SQLException {
    var statuses = new ByLearner<DrillStatus>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        statuses.add(
            new LearnerId(ProgressColumns.uuid(row, 1)),
            Rows.read("drill_statuses", row, ProgressReader::status));
      }
    }
    return statuses;
  }

  private static DrillStatus status(ResultSet row) throws SQLException {
    return new DrillStatus(
        new DrillSlug(row.getString(2)),
        row.getInt(3),
        ProgressColumns.uuidOrNull(row, 4),
        ProgressColumns.timeOrNull(row, 5),
        ProgressColumns.timeOrNull(row, 6));
  }

  ByLearner<DrillInstance> instancesOf(Collection<LearnerId> learners) throws SQLException {
    return instances("where user_id = any(?)", ids(learners));
  }

  ByLearner<DrillInstance> instances(Collection<UUID> instances) throws SQLException {
    return instances(
        "where drill_instance_id = any(?)", ProgressColumns.uuids(connection, instances, id -> id));
  }

  private ByLearner<DrillInstance> instances(String condition, Array values) throws SQLException {
    String sql =
        """
        select user_id, drill_instance_id, phone, drill_slug, current_prompt_slug,
          current_prompt_start_time, current_prompt_last_response_time, completion_time, is_valid
        from drill_instances
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql + condition)) {
      statement.setArray(1, values);
      var instances = new ByLearner<DrillInstance>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          instances.add(
              new LearnerId(ProgressColumns.uuid(row, 1)),
              Rows.read("drill_instances", row, ProgressReader::instance));
        }
      }
      return instances;
    }
  }

  private static DrillInstance instance(ResultSet row) throws SQLException {
    return new DrillInstance(
        ProgressColumns.uuid(row, 2),
        new PhoneNumber(row.getString(3)),
        new DrillSlug(row.getString(4)),
        new PromptSlug(row.getString(5)),
        ProgressColumns.time(row, 6),
        ProgressColumns.timeOrNull(row, 7),
        ProgressColumns.timeOrNull(row, 8),
        row.getBoolean(9));
  }

  private Array ids(Collection<LearnerId> learners) throws SQLException {
    return ProgressColumns.uuids(connection, learners, LearnerId::value);
  }
}
