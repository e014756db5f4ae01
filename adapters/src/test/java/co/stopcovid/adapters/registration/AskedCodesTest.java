package co.stopcovid.adapters.registration;

import static org.assertj.core.api.Assertions.assertThat;

import co.stopcovid.dialog.CodeVerdict;
import co.stopcovid.dialog.RegistrationCode;
import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.testkit.contract.RegistrationCodesContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AskedCodesTest extends RegistrationCodesContract {
  private static final RegistrationCode ACME = new RegistrationCode("acme");
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final CodeVerdict INVALID = new CodeVerdict.Invalid();
  private static final CodeVerdict PENDING = new CodeVerdict.Pending();

  private final List<RegistrationCode> asked = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<RegistrationCode> answered = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<AskedCodes> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(AskedCodes::close);
  }

  private AskedCodes asking(CodeService service, Duration patience) {
    CodeService counted =
        code -> {
          asked.add(code);
          return service.ask(code);
        };
    var codes = new AskedCodes(counted, patience, answered::add, nanos::get);
    opened.add(codes);
    return codes;
  }

  @Override
  protected RegistrationCodes codes(Map<RegistrationCode, CodeVerdict.Valid> known) {
    return asking(code -> known.containsKey(code) ? known.get(code) : INVALID, PATIENT);
  }

  @Override
  protected Silent silent() {
    return new Silent(asking(code -> new CodeVerdict.Unavailable("silent"), PATIENT), false);
  }

  private void awaitAnswer() throws InterruptedException {
    assertThat(answered.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void whoHasNoPatienceIsToldOnceTheAnswerIsThere() throws InterruptedException {
    var thinking = new CountDownLatch(1);
    AskedCodes codes =
        asking(
            code -> {
              thinking.await();
              return INVALID;
            },
            Duration.ZERO);

    assertThat(codes.check(Set.of(ACME))).containsEntry(ACME, PENDING);
    assertThat(codes.check(Set.of(ACME))).containsEntry(ACME, PENDING);
    assertThat(answered).isEmpty();
    thinking.countDown();
    awaitAnswer();

    assertThat(codes.check(Set.of(ACME))).containsEntry(ACME, INVALID);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsNotThereWhenPatienceEndsIsPendingAndTheRestIsKnown() {
    AskedCodes codes =
        asking(
            code -> {
              if (code.equals(ACME)) {
                new CountDownLatch(1).await();
              }
              return INVALID;
            },
            Duration.ofMillis(100));
    var other = new RegistrationCode("other");

    Map<RegistrationCode, CodeVerdict> verdicts = codes.check(Set.of(ACME, other));

    assertThat(verdicts).containsEntry(ACME, PENDING);
    assertThat(codes.check(Set.of(other))).containsEntry(other, INVALID);
  }

  @Test
  void aVerdictIsRememberedForSecondsAndNotForEver() throws InterruptedException {
    AskedCodes codes = asking(code -> INVALID, PATIENT);
    codes.check(Set.of(ACME));
    // The seconds begin when the cache hears of the verdict, which may be after its caller does.
    assertThat(answered.poll(PATIENT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ACME);
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    codes.check(Set.of(ACME));
    assertThat(asked).hasSize(1);

    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    codes.check(Set.of(ACME));
    assertThat(asked).hasSize(2);
  }

  @Test
  void silenceIsNotRemembered() {
    AskedCodes codes =
        asking(
            code -> asked.size() == 1 ? new CodeVerdict.Unavailable("silent") : INVALID, PATIENT);

    assertThat(codes.check(Set.of(ACME)).get(ACME)).isInstanceOf(CodeVerdict.Unavailable.class);
    assertThat(codes.check(Set.of(ACME))).containsEntry(ACME, INVALID);
  }

  @Test
  void noMoreIsAskedThanCanBeAnswered() {
    AskedCodes codes =
        asking(
            code -> {
              new CountDownLatch(1).await();
              return INVALID;
            },
            Duration.ZERO);
    Set<RegistrationCode> many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> new RegistrationCode("code" + i))
            .collect(Collectors.toSet());

    Map<RegistrationCode, CodeVerdict> verdicts = codes.check(many);

    assertThat(verdicts.values().stream().filter(PENDING::equals)).hasSize(1_000);
    assertThat(verdicts.values().stream().filter(CodeVerdict.Unavailable.class::isInstance))
        .hasSize(4_000);
    assertThat(asked).hasSizeLessThanOrEqualTo(16);
  }
}
