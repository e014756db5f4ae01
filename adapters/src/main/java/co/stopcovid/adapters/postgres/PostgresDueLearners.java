package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.drills.DrillSlug;
import co.stopcovid.drills.PromptSlug;
import co.stopcovid.progress.ChosenTime;
import co.stopcovid.progress.DueLearners;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.Silence;
import co.stopcovid.progress.Whereabouts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds learners in the tables of progress. Almost every learner is inactive for some hours of each
 * day, so that the daily scheduler reads through all of them by their key; the reminders are found
 * by an index.
 */
public final class PostgresDueLearners implements DueLearners {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDueLearners.class);
  private static final UUID LOWEST = new UUID(0, 0);

  private final Database database;

  public PostgresDueLearners(Database database) {
    this.database = database;
  }

  @Override
  public List<InactiveLearner> inactive(
      Instant since, Set<DrillSlug> published, @Nullable LearnerId after, int limit) {
    String sql =
        """
        select u.user_id, p.phone, u.time_zone, u.unanswered_sessions, u.last_unasked_time,
          u.chosen_days, u.chosen_time, n.drill_slug
        from users u
          cross join lateral (
            select phone from phone_numbers p
            where p.user_id = u.user_id and p.validated and not p.opted_out
            order by p.is_primary desc, p.phone limit 1) p
          cross join lateral (
            select drill_slug from drill_statuses s
            where s.user_id = u.user_id and s.completed_time is null and s.drill_slug = any(?)
            order by s.started_time is not null, s.place_in_sequence, s.drill_slug limit 1) n
        where u.user_id > ? and u.validated and not u.opted_out
          and not exists (
            select from phone_numbers o
            where o.user_id = u.user_id and o.last_interacted_time > ?)
          and exists (
            select from drill_statuses s
            where s.user_id = u.user_id and s.started_time is not null)
        order by u.user_id limit ?
        """;
    return database.read(
        handle ->
            Rows.<InactiveLearner, LearnerId>page(
                after,
                limit,
                (from, most) -> {
                  Connection connection = handle.getConnection();
                  try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setArray(1, Columns.texts(connection, published, DrillSlug::value));
                    statement.setObject(2, from == null ? LOWEST : from.value());
                    statement.setObject(3, since.atOffset(ZoneOffset.UTC));
                    statement.setInt(4, most);
                    return readable(
                        statement,
                        row -> new LearnerId(ProgressColumns.uuid(row, 1)),
                        PostgresDueLearners::inactive);
                  }
                }));
  }

  private static InactiveLearner inactive(ResultSet row) throws SQLException {
    ChosenLearner learner = learner(row);
    return new InactiveLearner(
        learner.learner(),
        learner.whereabouts(),
        new DrillSlug(row.getString(8)),
        learner.unasked(),
        learner.chosen());
  }

  /** Without those that cannot be read: one learner must not stop the others. */
  private static <T, P> Rows.Part<T, P> readable(
      PreparedStatement statement, Rows.Mapper<P> place, Rows.Mapper<T> mapper)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    int seen = 0;
    P last = null;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        seen++;
        last = place.map(row);
        try {
          rows.add(Rows.read("progress", row, mapper));
        } catch (UnreadableRowException e) {
          LOG.error("learner is passed over: place={} reason={}", last, e.getMessage());
        }
      }
    }
    return new Rows.Part<>(rows, seen, last);
  }

  @Override
  public List<ChosenLearner> withChosenTime(@Nullable LearnerId after, int limit) {
    String sql =
        """
        select u.user_id, p.phone, u.time_zone, u.unanswered_sessions, u.last_unasked_time,
          u.chosen_days, u.chosen_time
        from users u
          cross join lateral (
            select phone from phone_numbers p
            where p.user_id = u.user_id and p.validated and not p.opted_out
            order by p.is_primary desc, p.phone limit 1) p
        where u.user_id > ? and u.chosen_time <> '' and u.validated and not u.opted_out
        order by u.user_id limit ?
        """;
    return database.read(
        handle ->
            Rows.<ChosenLearner, LearnerId>page(
                after,
                limit,
                (from, most) -> {
                  try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                    statement.setObject(1, from == null ? LOWEST : from.value());
                    statement.setInt(2, most);
                    return readable(
                        statement,
                        row -> new LearnerId(ProgressColumns.uuid(row, 1)),
                        PostgresDueLearners::learner);
                  }
                }));
  }

  private static ChosenLearner learner(ResultSet row) throws SQLException {
    return new ChosenLearner(
        new LearnerId(ProgressColumns.uuid(row, 1)),
        new Whereabouts(new PhoneNumber(row.getString(2)), row.getString(3)),
        ProgressColumns.unasked(row, 4),
        ChosenTime.parse(row.getString(6), row.getString(7)));
  }

  @Override
  public List<WaitingPrompt> waiting(
      int step, Instant from, Instant to, @Nullable WaitingPrompt after, int limit) {
    String sql =
        """
        select i.phone, u.time_zone, i.drill_instance_id, i.current_prompt_slug,
          greatest(i.current_prompt_start_time, i.current_prompt_last_response_time) as since
        from drill_instances i
          join users u using (user_id)
          join phone_numbers p on p.phone = i.phone
        where i.completion_time is null and i.is_valid
          and (i.waiting_hour, i.drill_instance_id) > (?, ?) and i.waiting_hour <= ?
          and greatest(i.current_prompt_start_time, i.current_prompt_last_response_time)
            between ? and ?
          and p.validated and not p.opted_out and not u.opted_out and u.silence = ?
          and not exists (
            select from drill_instances n
            where n.user_id = i.user_id and n.phone = i.phone
              and n.current_prompt_start_time > i.current_prompt_start_time)
          and not exists (
            select from prompt_reminders r
            where r.drill_instance_id = i.drill_instance_id
              and r.prompt_slug = i.current_prompt_slug and r.step >= ?)
        order by i.waiting_hour, i.drill_instance_id
        limit ?
        """;
    return database.read(
        handle ->
            Rows.page(
                after == null
                    ? new WaitingPlace(from, LOWEST)
                    : new WaitingPlace(after.since(), after.instanceId()),
                limit,
                (place, most) -> {
                  try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                    WaitingPlace first = Objects.requireNonNull(place);
                    statement.setObject(
                        1, first.since().truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
                    statement.setObject(2, first.instance());
                    statement.setObject(3, to.atOffset(ZoneOffset.UTC));
                    statement.setObject(4, from.atOffset(ZoneOffset.UTC));
                    statement.setObject(5, to.atOffset(ZoneOffset.UTC));
                    statement.setString(6, Silence.NONE.name());
                    statement.setInt(7, step);
                    statement.setInt(8, most);
                    return readable(
                        statement,
                        row ->
                            new WaitingPlace(
                                ProgressColumns.time(row, 5), ProgressColumns.uuid(row, 3)),
                        PostgresDueLearners::waiting);
                  }
                }));
  }

  /** Where a prompt stands among those that wait. */
  private record WaitingPlace(Instant since, UUID instance) {}

  private static WaitingPrompt waiting(ResultSet row) throws SQLException {
    return new WaitingPrompt(
        new Whereabouts(new PhoneNumber(row.getString(1)), row.getString(2)),
        ProgressColumns.uuid(row, 3),
        new PromptSlug(row.getString(4)),
        ProgressColumns.time(row, 5));
  }

  @Override
  public void recordReminders(int step, Collection<WaitingPrompt> reminded, Instant now) {
    String sql =
        """
        insert into prompt_reminders as r (drill_instance_id, prompt_slug, sent_time, step)
        select n.instance, n.prompt, ?, ? from unnest(?::uuid[], ?::text[]) as n (instance, prompt)
        on conflict (drill_instance_id, prompt_slug)
          do update set sent_time = excluded.sent_time, step = excluded.step
          where r.step < excluded.step
        """;
    database.write(
        handle -> {
          Connection connection = handle.getConnection();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setInt(2, step);
            statement.setArray(
                3, ProgressColumns.uuids(connection, reminded, WaitingPrompt::instanceId));
            statement.setArray(
                4, Columns.texts(connection, reminded, waiting -> waiting.prompt().value()));
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public void forgetReminders(Instant before) {
    database.write(
        handle ->
            handle
                .createUpdate("delete from prompt_reminders where sent_time < ?")
                .bind(0, before.atOffset(ZoneOffset.UTC))
                .execute());
  }
}
