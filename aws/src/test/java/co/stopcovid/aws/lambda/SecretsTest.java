package co.stopcovid.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.adapters.config.SettingException;
import co.stopcovid.testkit.Samples;
import co.stopcovid.testkit.TestClock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class SecretsTest {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final TestClock clock = new TestClock(Samples.NOON);
  private String secret = login("one");
  private boolean outOfReach;
  private int reads;
  private int made;
  private final Supplier<Secrets.Login> login =
      new Secrets(arn -> read(), clock)
          .made(
              "arn:secret",
              Secrets::login,
              own -> {
                made++;
                return own;
              });

  private String read() {
    reads++;
    if (outOfReach) {
      throw SdkClientException.create("out of reach");
    }
    return secret;
  }

  private static String login(String password) {
    return "{\"username\":\"dialog\",\"password\":\"%s\"}".formatted(password);
  }

  @Test
  void oneThatWasChangedIsTakenUpAfterAWhile() {
    assertThat(login.get().password()).isEqualTo("one");
    secret = login("two");
    clock.advance(FRESH.minusMillis(1));
    assertThat(login.get().password()).isEqualTo("one");
    assertThat(reads).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(login.get().password()).isEqualTo("two");
  }

  @Test
  void whatIsMadeOfOneThatStaysTheSameIsKept() {
    Secrets.Login first = login.get();
    clock.advance(FRESH);
    assertThat(login.get()).isSameAs(first);
    assertThat(reads).isEqualTo(2);
    assertThat(made).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeReadAgainStays() {
    assertThat(login.get().password()).isEqualTo("one");
    outOfReach = true;
    clock.advance(FRESH);
    assertThat(login.get().password()).isEqualTo("one");
  }

  @Test
  void oneThatCannotBeReadAtFirstIsTriedAgain() {
    outOfReach = true;
    assertThatThrownBy(login::get).isInstanceOf(SdkClientException.class);
    outOfReach = false;
    assertThat(login.get().password()).isEqualTo("one");
  }

  @Test
  void noMessageShowsASecret() {
    for (String wrong : new String[] {"hidden", "{\"username\":\"hidden\"}", "{hidden"}) {
      secret = wrong;
      clock.advance(FRESH);
      assertThatThrownBy(login::get)
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("arn:secret")
          .hasMessageNotContaining("hidden")
          .hasNoCause();
    }
    secret = login("hidden");
    clock.advance(FRESH);
    assertThat(login.get().toString()).contains("dialog").doesNotContain("hidden");
  }
}
