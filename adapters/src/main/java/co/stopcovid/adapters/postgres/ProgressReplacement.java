package co.stopcovid.adapters.postgres;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.progress.DrillInstance;
import co.stopcovid.progress.LearnerId;
import co.stopcovid.progress.LearnerPhone;
import co.stopcovid.progress.LearnerProgress;
import co.stopcovid.progress.ProgressStore.Replaced;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilt trees put in place of the stored ones, in one transaction. Most are right as they are:
 * neither is the updater waited for that has them in hand, nor does it wait for them.
 */
final class ProgressReplacement {
  private final Connection connection;
  private final ProgressReader reader;
  private final ProgressWriter writer;
  private final Map<LearnerId, LearnerProgress> rebuilt = new HashMap<>();
  private final Set<LearnerId> written = new HashSet<>();
  private final Set<LearnerId> outrun = new HashSet<>();
  private final List<UUID> gone = new ArrayList<>();

  ProgressReplacement(Connection connection, Collection<LearnerProgress> rebuilt) {
    this.connection = connection;
    this.reader = new ProgressReader(connection);
    this.writer = new ProgressWriter(connection);
    rebuilt.forEach(tree -> this.rebuilt.put(tree.id(), tree));
  }

  Replaced replace() throws SQLException {
    reader
        .trees(rebuilt.keySet())
        .forEach((id, stored) -> rebuilt.computeIfPresent(id, (same, it) -> unless(it, stored)));
    if (rebuilt.isEmpty()) {
      return new Replaced(written, outrun);
    }
    Set<LearnerId> inserted = ProgressWriter.insertUsers(connection, rebuilt.values());
    Set<PhoneNumber> added = ProgressWriter.insertPhones(connection, rebuilt.values());
    ProgressBatch.lock(connection, rebuilt.keySet());
    reader
        .trees(rebuilt.keySet())
        .forEach((id, stored) -> replace(stored, inserted.contains(id), added));
    writer.write();
    ProgressWriter.revise(connection, written);
    if (!gone.isEmpty()) {
      deleteInstances();
    }
    PostgresProgressStore.deleteUsersWithoutNumber(connection, inserted);
    return new Replaced(written, outrun);
  }

  private static @Nullable LearnerProgress unless(LearnerProgress rebuilt, LearnerProgress stored) {
    return rebuilt.placedAs(stored).equals(stored) ? null : rebuilt;
  }

  /**
   * @param inserted whether the learner is new
   * @param added numbers that are new
   */
  private void replace(LearnerProgress stored, boolean inserted, Set<PhoneNumber> added) {
    LearnerId id = stored.id();
    LearnerProgress after = rebuilt.getOrDefault(id, stored);
    if (stored.isAheadOf(after) || !hasNumbersOf(stored, after)) {
      outrun.add(id);
      return;
    }
    LearnerProgress placed = after.placedAs(stored);
    boolean grown =
        !inserted && after.phones().stream().map(LearnerPhone::phone).anyMatch(added::contains);
    if (inserted || grown || !placed.equals(stored)) {
      written.add(id);
      // The learner's row says, too, whether there are several numbers.
      writer.addChanges(stored, placed, grown || !placed.profile().equals(stored.profile()));
      stored.instances().stream()
          .map(DrillInstance::id)
          .filter(instance -> placed.instance(instance).isEmpty())
          .forEach(gone::add);
    }
  }

  /** A number may have become another learner's meanwhile. */
  private static boolean hasNumbersOf(LearnerProgress stored, LearnerProgress rebuilt) {
    return rebuilt.phones().stream()
        .map(LearnerPhone::phone)
        .allMatch(phone -> stored.phone(phone).isPresent());
  }

  private void deleteInstances() throws SQLException {
    String sql = "delete from drill_instances where drill_instance_id = any(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ProgressColumns.uuids(connection, gone, id -> id));
      statement.executeUpdate();
    }
  }
}
