package co.stopcovid.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.testkit.TestClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The database under a running service becomes an earlier one: a copy is restored, or a replica
 * that lagged takes over.
 */
class WentBackTest {
  private static final String ANA = "+12025550101";
  private static final String BEN = "+12025550102";
  private static final String CID = "+12025550103";

  private static final String COPY =
      """
      do $$
      declare name text;
      begin
        create schema copy;
        for name in select tablename from pg_tables where schemaname = 'public' loop
          execute format('create table copy.%1$I as table public.%1$I', name);
        end loop;
      end $$
      """;

  private static final String RESTORE =
      """
      do $$
      declare name text; columns text;
      begin
        set local session_replication_role = replica;
        execute (select 'truncate ' || string_agg(format('public.%I', tablename), ', ')
          from pg_tables where schemaname = 'copy');
        for name in select tablename from pg_tables where schemaname = 'copy' loop
          select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
          where attrelid = ('public.' || quote_ident(name))::regclass
            and attnum > 0 and not attisdropped and attgenerated = '';
          execute format(
            'insert into public.%1$I (%2$s) overriding system value select %2$s from copy.%1$I',
            name, columns);
        end loop;
      end $$
      """;

  private final TestClock clock = new TestClock(ServiceUnderTest.MORNING);

  @Test
  void nothingThatWasTakenInBeforeTheCopyOrAfterTheSwapIsLost() throws Exception {
    try (var service = ServiceUnderTest.start(clock, Map.of())) {
      service.exchange(ANA, "acme", "Hygiene course");
      service.exchange(ANA, "1", "Welcome!", "What is your first name?");
      service.settle();
      DurablePostgres.execute(service.url, COPY);
      for (String phone : new String[] {BEN, CID}) {
        service.exchange(phone, "acme", "Hygiene course");
        service.exchange(phone, "1", "Welcome!", "What is your first name?");
      }
      service.settle();

      DurablePostgres.execute(service.url, RESTORE);
      service.exchange(ANA, "Ana", "Thank you Ana", "Water alone");
      // Ben is not known any more, and says his code again.
      service.exchange(BEN, "acme", "Hygiene course");
      service.exchange(ANA, "soap", "Correct!", "Rub your palms");
      service.settle();

      assertThat(service.get("/health/ready").body())
          .contains("\"status\":\"ready\"")
          .containsPattern("database_went_back.*positions [0-9]+ to [0-9]+ of the");
      assertThat(service.number("select count(*) from dead_letters")).isZero();
      assertThat(
              service.number(
                  "select count(*) from consumer_checkpoints where position > greatest("
                      + "(select last_position from command_log_head),"
                      + " (select last_position from event_feed_head))"))
          .isZero();
    }
  }
}
