package co.stopcovid.adapters.postgres;

import co.stopcovid.adapters.json.ProfileCodec;
import co.stopcovid.common.NameKey;
import co.stopcovid.common.PhoneNumber;
import co.stopcovid.dialog.UserProfile;
import co.stopcovid.progress.ChosenTime;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.DrillStatus;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.UnaskedSessions;
import co.stopcovid.progress.Whereabouts;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of the progress tables that changed and writes each table with one statement.
 * The learners' rows in {@code users} must be locked, or new.
 */
final class ProgressWriter {
  private record Phone(LearnerProgress learner, LearnerPhone row) {}

  private record Owned<T>(LearnerId learner, T row) {}

  private static final String NUMBERS =
      """
      unnest(?::uuid[], ?::text[], ?::boolean[], ?::text[], ?::bigint[], ?::boolean[], ?::boolean[],
          ?::bigint[])
        as n (id, phone, is_primary, seq, version, validated, opted_out, time)
      """;

  private final Connection connection;
  private final List<LearnerProgress> users = new ArrayList<>();
  private final List<Phone> phones = new ArrayList<>();
  private final List<Owned<UnaskedSessions>> unasked = new ArrayList<>();
  private final List<Owned<DrillStatus>> statuses = new ArrayList<>();
  private final List<Owned<DrillInstance>> newInstances = new ArrayList<>();
  private final List<Owned<DrillInstance>> instances = new ArrayList<>();

  ProgressWriter(Connection connection) {
    this.connection = connection;
  }

  /** All statuses of a learner who has none yet. */
  void addStatuses(LearnerProgress learner) {
    learner.statuses().forEach(status -> statuses.add(new Owned<>(learner.id(), status)));
  }

  /**
   * What a tree has that the stored one has not.
   *
   * @param profileChanged whether the profile is to be written
   */
  void addChanges(LearnerProgress before, LearnerProgress after, boolean profileChanged) {
    LearnerId id = after.id();
    if (profileChanged) {
      users.add(after);
    }
    boolean timeChanged = !after.lastInteractedTime().equals(before.lastInteractedTime());
    for (LearnerPhone phone : after.phones()) {
      if (timeChanged || !before.phone(phone.phone()).equals(Optional.of(phone))) {
        phones.add(new Phone(after, phone));
      }
    }
    addNew(id, before.statuses(), after.statuses(), statuses);
    addMoved(before, after);
  }

  /**
   * Of what a tree has that the stored one has not, the instances and what came unasked. Its number
   * must be locked.
   */
  void addMoved(LearnerProgress before, LearnerProgress after) {
    LearnerId id = after.id();
    if (!after.unasked().equals(before.unasked())) {
      unasked.add(new Owned<>(id, after.unasked()));
    }
    Set<UUID> stored = new HashSet<>();
    before.instances().forEach(instance -> stored.add(instance.id()));
    Set<DrillInstance> same = new HashSet<>(before.instances());
    for (DrillInstance instance : after.instances()) {
      if (!same.contains(instance)) {
        (stored.contains(instance.id()) ? instances : newInstances).add(new Owned<>(id, instance));
      }
    }
  }

  private static <T> void addNew(
      LearnerId id, List<T> before, List<T> after, List<Owned<T>> changed) {
    Set<T> same = new HashSet<>(before);
    for (T row : after) {
      if (!same.contains(row)) {
        changed.add(new Owned<>(id, row));
      }
    }
  }

  void write() throws SQLException {
    if (!users.isEmpty()) {
      updateUsers();
    }
    if (!unasked.isEmpty()) {
      updateUnasked();
    }
    if (!phones.isEmpty()) {
      updatePhones();
    }
    if (!statuses.isEmpty()) {
      writeStatuses();
    }
    if (!newInstances.isEmpty()) {
      insertInstances();
    }
    if (!instances.isEmpty()) {
      updateInstances();
    }
  }

  /**
   * Adds learners, in the order of their ids, so that two who add the same ones wait for each other
   * and not in a circle.
   *
   * @return those who were not there
   */
  static Set<LearnerId> insertUsers(Connection connection, Collection<LearnerProgress> learners)
      throws SQLException {
    String sql =
        """
        insert into users
          (user_id, profile, validated, opted_out, is_demo, company, time_zone, has_several,
           company_key, unit, unit_key, chosen_days, chosen_time)
        select n.id, convert_from(n.profile, 'UTF8')::jsonb, n.validated, n.opted_out, n.demo, n.company,
          n.zone, n.has_several, n.company_key, n.unit, n.unit_key, n.chosen_days, n.chosen_time
        from unnest(?::uuid[], ?::bytea[], ?::boolean[], ?::boolean[], ?::boolean[], ?::text[],
          ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          as n (id, profile, validated, opted_out, demo, company, zone, has_several, company_key,
            unit, unit_key, chosen_days, chosen_time)
        order by n.id
        on conflict (user_id) do nothing
        returning user_id
        """;
    Set<LearnerId> inserted = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindUsers(connection, statement, learners);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          inserted.add(new LearnerId(ProgressColumns.uuid(row, 1)));
        }
      }
    }
    return inserted;
  }

  private void updateUsers() throws SQLException {
    String sql =
        """
        update users u set profile = convert_from(n.profile, 'UTF8')::jsonb, validated = n.validated,
          opted_out = n.opted_out, is_demo = n.demo, company = n.company, time_zone = n.zone,
          has_several = u.has_several or n.has_several, company_key = n.company_key,
          unit = n.unit, unit_key = n.unit_key, chosen_days = n.chosen_days,
          chosen_time = n.chosen_time
        from unnest(?::uuid[], ?::bytea[], ?::boolean[], ?::boolean[], ?::boolean[], ?::text[],
          ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          as n (id, profile, validated, opted_out, demo, company, zone, has_several, company_key,
            unit, unit_key, chosen_days, chosen_time)
        where u.user_id = n.id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindUsers(connection, statement, users);
      statement.executeUpdate();
    }
  }

  /** In the order of their ids, since who moves a remembered tree has not locked the learner. */
  private void updateUnasked() throws SQLException {
    String sql =
        """
        with n as materialized (
          select u.user_id, n.unanswered, n.last, n.silence
          from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
              as n (id, unanswered, last, silence)
            join users u on u.user_id = n.id
          order by u.user_id
          for no key update of u)
        update users u set unanswered_sessions = n.unanswered,
          last_unasked_time = timestamptz 'epoch' + n.last * interval '1 microsecond',
          silence = n.silence
        from n where u.user_id = n.user_id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, owners(connection, unasked));
      statement.setArray(2, Columns.longs(connection, unasked, row -> row.row().unanswered()));
      statement.setArray(3, ProgressColumns.micros(connection, unasked, row -> row.row().last()));
      statement.setArray(4, Columns.texts(connection, unasked, row -> row.row().silence().name()));
      statement.executeUpdate();
    }
  }

  private static void bindUsers(
      Connection connection, PreparedStatement statement, Collection<LearnerProgress> rows)
      throws SQLException {
    Function<UserProfile, String> company = profile -> profile.accountInfo().company();
    Function<UserProfile, String> unit = profile -> profile.accountInfo().unit();
    statement.setArray(1, ProgressColumns.uuids(connection, rows, user -> user.id().value()));
    statement.setArray(2, ProgressColumns.utf8(connection, rows, of(ProfileCodec::encode)));
    statement.setArray(3, ProgressColumns.booleans(connection, rows, of(UserProfile::validated)));
    statement.setArray(4, ProgressColumns.booleans(connection, rows, of(UserProfile::optedOut)));
    statement.setArray(5, ProgressColumns.booleans(connection, rows, of(UserProfile::isDemo)));
    statement.setArray(
        6, ProgressColumns.texts(connection, rows, of(company.andThen(NameKey::shown))));
    statement.setArray(7, ProgressColumns.texts(connection, rows, of(Whereabouts::timeZone)));
    statement.setArray(
        8, ProgressColumns.booleans(connection, rows, learner -> learner.phones().size() > 1));
    statement.setArray(
        9, ProgressColumns.texts(connection, rows, of(company.andThen(NameKey::of))));
    statement.setArray(
        10, ProgressColumns.texts(connection, rows, of(unit.andThen(NameKey::shown))));
    statement.setArray(11, ProgressColumns.texts(connection, rows, of(unit.andThen(NameKey::of))));
    Function<UserProfile, ChosenTime> chosen = ChosenTime::of;
    statement.setArray(
        12, ProgressColumns.texts(connection, rows, of(chosen.andThen(ChosenTime::daysText))));
    statement.setArray(
        13, ProgressColumns.texts(connection, rows, of(chosen.andThen(ChosenTime::timeText))));
  }

  private static <V> Function<LearnerProgress, @Nullable V> of(Function<UserProfile, V> part) {
    return learner -> part.apply(learner.profile());
  }

  /**
   * Adds numbers.
   *
   * @return those that were not there
   */
  static Set<PhoneNumber> insertPhones(Connection connection, Collection<LearnerProgress> learners)
      throws SQLException {
    String sql =
        """
        insert into phone_numbers
          (user_id, phone, is_primary, seq, version, validated, opted_out, last_interacted_time)
        select n.id, n.phone, n.is_primary, n.seq, n.version, n.validated, n.opted_out,
          timestamptz 'epoch' + n.time * interval '1 microsecond'
        from NUMBERS
        order by n.phone
        on conflict (phone) do nothing
        returning phone
        """
            .replace("NUMBERS", NUMBERS);
    List<Phone> rows = new ArrayList<>();
    for (LearnerProgress learner : learners) {
      learner.phones().forEach(phone -> rows.add(new Phone(learner, phone)));
    }
    Set<PhoneNumber> inserted = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindPhones(connection, statement, rows);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          inserted.add(new PhoneNumber(row.getString(1)));
        }
      }
    }
    return inserted;
  }

  private void updatePhones() throws SQLException {
    String sql =
        """
        update phone_numbers p set is_primary = n.is_primary, seq = n.seq, version = n.version,
          validated = n.validated, opted_out = n.opted_out,
          last_interacted_time = timestamptz 'epoch' + n.time * interval '1 microsecond'
        from NUMBERS
        where p.phone = n.phone and p.user_id = n.id
        """
            .replace("NUMBERS", NUMBERS);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindPhones(connection, statement, phones);
      statement.executeUpdate();
    }
  }

  /**
   * Moves numbers on, without a look at their learners.
   *
   * @return those that were as remembered; of the others nothing was written
   */
  static Set<PhoneNumber> move(Connection connection, List<RememberedTrees.Move> moves)
      throws SQLException {
    String sql =
        """
        update phone_numbers p set seq = n.seq, version = n.version, validated = n.validated,
          opted_out = n.opted_out,
          last_interacted_time = timestamptz 'epoch' + n.time * interval '1 microsecond'
        from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[],
            ?::boolean[], ?::bigint[])
          as n (phone, old_version, revision, seq, version, validated, opted_out, time)
        where p.phone = n.phone and p.version = n.old_version and p.revision = n.revision
        returning p.phone
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.texts(connection, moves, move -> move.to().phone().value()));
      statement.setArray(2, Columns.longs(connection, moves, move -> move.from().version()));
      statement.setArray(3, Columns.longs(connection, moves, RememberedTrees.Move::revision));
      statement.setArray(4, Columns.texts(connection, moves, move -> move.to().seq().toString()));
      statement.setArray(5, Columns.longs(connection, moves, move -> move.to().version()));
      statement.setArray(
          6, ProgressColumns.booleans(connection, moves, move -> move.to().validated()));
      statement.setArray(
          7, ProgressColumns.booleans(connection, moves, move -> move.to().optedOut()));
      statement.setArray(
          8, ProgressColumns.micros(connection, moves, move -> move.after().lastInteractedTime()));
      return Set.copyOf(Rows.list(statement, row -> new PhoneNumber(row.getString(1))));
    }
  }

  /** Has those who remember a tree of these learners read it again. */
  static void revise(Connection connection, Collection<LearnerId> learners) throws SQLException {
    String sql = "update phone_numbers set revision = revision + 1 where user_id = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ProgressColumns.uuids(connection, learners, LearnerId::value));
      statement.executeUpdate();
    }
  }

  private static void bindPhones(
      Connection connection, PreparedStatement statement, List<Phone> rows) throws SQLException {
    statement.setArray(
        1, ProgressColumns.uuids(connection, rows, phone -> phone.learner().id().value()));
    statement.setArray(2, Columns.texts(connection, rows, phone -> phone.row().phone().value()));
    statement.setArray(
        3, ProgressColumns.booleans(connection, rows, phone -> phone.row().primary()));
    statement.setArray(4, Columns.texts(connection, rows, phone -> phone.row().seq().toString()));
    statement.setArray(5, Columns.longs(connection, rows, phone -> phone.row().version()));
    statement.setArray(
        6, ProgressColumns.booleans(connection, rows, phone -> phone.row().validated()));
    statement.setArray(
        7, ProgressColumns.booleans(connection, rows, phone -> phone.row().optedOut()));
    statement.setArray(
        8, ProgressColumns.micros(connection, rows, phone -> phone.learner().lastInteractedTime()));
  }

  private void writeStatuses() throws SQLException {
    String sql =
        """
        insert into drill_statuses (user_id, drill_slug, place_in_sequence, drill_instance_id,
          started_time, completed_time)
        select n.id, n.drill, n.place, n.instance,
          timestamptz 'epoch' + n.started * interval '1 microsecond',
          timestamptz 'epoch' + n.completed * interval '1 microsecond'
        from unnest(?::uuid[], ?::text[], ?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[])
          as n (id, drill, place, instance, started, completed)
        on conflict (user_id, drill_slug) do update set
          place_in_sequence = excluded.place_in_sequence,
          drill_instance_id = excluded.drill_instance_id,
          started_time = excluded.started_time,
          completed_time = excluded.completed_time
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, owners(connection, statuses));
      statement.setArray(
          2, Columns.texts(connection, statuses, status -> status.row().drill().value()));
      statement.setArray(3, Columns.longs(connection, statuses, status -> status.row().place()));
      statement.setArray(
          4, ProgressColumns.uuids(connection, statuses, status -> status.row().instanceId()));
      statement.setArray(
          5, ProgressColumns.micros(connection, statuses, status -> status.row().startedTime()));
      statement.setArray(
          6, ProgressColumns.micros(connection, statuses, status -> status.row().completedTime()));
      statement.executeUpdate();
    }
  }

  private void insertInstances() throws SQLException {
    String sql =
        """
        insert into drill_instances (user_id, drill_instance_id, phone, drill_slug,
          current_prompt_slug, current_prompt_start_time, current_prompt_last_response_time,
          completion_time, is_valid)
        select n.id, n.instance, n.phone, n.drill, n.prompt,
          timestamptz 'epoch' + n.started * interval '1 microsecond',
          timestamptz 'epoch' + n.answered * interval '1 microsecond',
          timestamptz 'epoch' + n.completed * interval '1 microsecond', n.valid
        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::boolean[])
          as n (id, instance, phone, drill, prompt, started, answered, completed, valid)
        """;
    writeInstances(sql, newInstances);
  }

  /** By the key alone: with the learner in the condition, all of the learner's are looked at. */
  private void updateInstances() throws SQLException {
    String sql =
        """
        update drill_instances i set phone = n.phone, drill_slug = n.drill,
          current_prompt_slug = n.prompt,
          current_prompt_start_time = timestamptz 'epoch' + n.started * interval '1 microsecond',
          current_prompt_last_response_time =
            timestamptz 'epoch' + n.answered * interval '1 microsecond',
          completion_time = timestamptz 'epoch' + n.completed * interval '1 microsecond',
          is_valid = n.valid
        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::boolean[])
          as n (id, instance, phone, drill, prompt, started, answered, completed, valid)
        where i.drill_instance_id = n.instance
        """;
    writeInstances(sql, instances);
  }

  private void writeInstances(String sql, List<Owned<DrillInstance>> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, owners(connection, rows));
      statement.setArray(2, ProgressColumns.uuids(connection, rows, row -> row.row().id()));
      statement.setArray(3, Columns.texts(connection, rows, row -> row.row().phone().value()));
      statement.setArray(4, Columns.texts(connection, rows, row -> row.row().drill().value()));
      statement.setArray(5, Columns.texts(connection, rows, row -> row.row().prompt().value()));
      statement.setArray(
          6, ProgressColumns.micros(connection, rows, row -> row.row().promptStartTime()));
      statement.setArray(
          7, ProgressColumns.micros(connection, rows, row -> row.row().lastResponseTime()));
      statement.setArray(
          8, ProgressColumns.micros(connection, rows, row -> row.row().completionTime()));
      statement.setArray(9, ProgressColumns.booleans(connection, rows, row -> row.row().valid()));
      statement.executeUpdate();
    }
  }

  private static <T> Array owners(Connection connection, List<Owned<T>> rows) throws SQLException {
    return ProgressColumns.uuids(connection, rows, row -> row.learner().value());
  }
}
