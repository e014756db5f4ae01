package co.stopcovid.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static final TestDatabase POSTGRES = new TestDatabase();
  private final Database database = POSTGRES.database;

  @BeforeAll
  static void create() {
    POSTGRES.execute("create table t (n int unique)");
  }

  @AfterAll
  static void close() {
    POSTGRES.close();
  }

  @BeforeEach
  void empty() {
    POSTGRES.execute("truncate t");
  }

  private int insert(int n) {
    return database.write(handle -> handle.execute("insert into t values (?)", n));
  }

  private int count() {
    return database.read(
        handle -> handle.createQuery("select count(*) from t").mapTo(Integer.class).one());
  }

  @Test
  void aUnitIsCommittedAsAWhole() {
    database.unit(Fence.NONE, () -> insert(1) + insert(2));

    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aUnitThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                database.unit(
                    Fence.NONE,
                    () -> {
                      insert(1);
                      throw new IllegalArgumentException("planted");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count()).isZero();
    assertThat(insert(1)).isEqualTo(1);
  }

  /** Fails some times as a deadlock does. */
  private int insertAfter(int failures, AtomicInteger attempts) {
    if (attempts.incrementAndGet() <= failures) {
      throw new StorageException("planted", new SQLException("deadlock detected", "40P01"));
    }
    return insert(1);
  }

  @Test
  void whatIsFailedToEndACircleIsDoneAgain() {
    var attempts = new AtomicInteger();
    int inserted = database.writeUnlessInACircle(handle -> insertAfter(2, attempts));
    assertThat(inserted).isEqualTo(1);
    assertThat(attempts).hasValue(3);

    assertThatThrownBy(
            () -> database.writeUnlessInACircle(handle -> insertAfter(9, new AtomicInteger())))
        .isInstanceOf(StorageException.class);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void withinAUnitOrAfterAnotherFailureNothingIsDoneAgain() {
    var attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                database.unit(
                    Fence.NONE,
                    () -> database.writeUnlessInACircle(handle -> insertAfter(1, attempts))))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(
            () ->
                database.writeUnlessInACircle(
                    handle -> {
                      attempts.incrementAndGet();
                      return handle.execute("insert into nowhere values (1)");
                    }))
        .isInstanceOf(StorageException.class);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void withinAUnitItsOwnWritesAreReadAndOthersSeeNothing() {
    database.unit(
        Fence.NONE,
        () -> {
          insert(1);
          assertThat(count()).isEqualTo(1);
          int outside =
              POSTGRES
                  .second()
                  .read(h -> h.createQuery("select count(*) from t").mapTo(Integer.class).one());
          assertThat(outside).isZero();
          return 0;
        });
  }

  @Test
  void theFenceIsCheckedOnceAndNotBeforeTheFirstWrite() {
    var checks = new AtomicInteger();
    database.unit(
        handle -> checks.incrementAndGet(),
        () -> {
          count();
          assertThat(checks).hasValue(0);
          return insert(1) + insert(2);
        });
    assertThat(checks).hasValue(1);
  }

  @Test
  void aClosedFenceLetsNothingThrough() {
    assertThatThrownBy(
            () ->
                database.unit(
                    handle -> {
                      throw new FencedOffException("test", 1);
                    },
                    () -> insert(1)))
        .isInstanceOf(FencedOffException.class);
    assertThat(count()).isZero();
  }

  @Test
  void whatIsWrittenApartStaysWhenTheUnitFails() {
    assertThatThrownBy(
            () ->
                database.unit(
                    Fence.NONE,
                    () -> {
                      insert(1);
                      database.writeApart(handle -> handle.execute("insert into t values (2)"));
                      throw new IllegalArgumentException("planted");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void refusedDataAreToldFromAnOutage() {
    insert(1);
    assertThatThrownBy(() -> insert(1))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.isAboutTheData()).isTrue());
    assertThatThrownBy(() -> database.write(handle -> handle.execute("no SQL")))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.isAboutTheData()).isFalse());
  }

  @Test
  void aConnectionThatIsCutOffFailsTheUnitAndTheNextGetsAnother() {
    assertThatThrownBy(
            () ->
                database.unit(
                    Fence.NONE,
                    () -> {
                      insert(1);
                      int pid =
                          database.read(
                              h ->
                                  h.createQuery("select pg_backend_pid()")
                                      .mapTo(Integer.class)
                                      .one());
                      POSTGRES.second().once(h -> h.execute("select pg_terminate_backend(?)", pid));
                      return insert(2);
                    }))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.isAboutTheData()).isFalse());
    assertThat(count()).isZero();
    assertThat(insert(1)).isEqualTo(1);
  }

  @Test
  void aDatabaseThatCouldLoseWhatItCommittedIsRefused() {
    // The tests' server runs with fsync off.
    assertThatThrownBy(() -> Migrations.check(database))
        .isInstanceOf(UnfitDatabaseException.class)
        .hasMessageContaining("=off and could lose learners' messages");
  }

  @Test
  void auroraIsAskedOnlyWhatItCouldLoseACommitBy() {
    String aurora = "create function aurora_version() returns text language sql return '17.7'";
    database.write(handle -> handle.execute(aurora));
    try {
      // The tests' server has all three off.
      assertThatThrownBy(() -> Migrations.check(database))
          .isInstanceOf(UnfitDatabaseException.class)
          .hasMessageContaining("synchronous_commit=off");
      database.write(handle -> handle.execute("set synchronous_commit = on"));
      Migrations.check(database);
    } finally {
      database.write(handle -> handle.execute("reset synchronous_commit"));
      database.write(handle -> handle.execute("drop function aurora_version()"));
    }
  }
}
