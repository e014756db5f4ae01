package co.stopcovid.standalone.handset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.stopcovid.dialog.DialogCommand.ReceiveSms;
import co.stopcovid.sms.OutboundMessage;
import co.stopcovid.standalone.phone.PhoneWorld;
import co.stopcovid.standalone.simulate.Screen;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HandsetTest {
  private final PhoneWorld world = new PhoneWorld();
  private final Paper screen = new Paper();

  /** A screen that is typed on and read by a test. */
  private static final class Paper implements Screen {
    final BlockingQueue<Optional<String>> typed = new LinkedBlockingQueue<>();
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Override
    public @Nullable String read() {
      try {
        return typed.take().orElse(null);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }

    @Override
    public void message(OutboundMessage message) {
      seen.add(String.valueOf(message.body()));
    }

    @Override
    public void said(String text) {
      seen.add("> " + text);
    }

    @Override
    public void note(String text) {
      seen.add("-- " + text);
    }

    @Override
    public void show(String text) {
      seen.add(text);
    }

    String next() throws InterruptedException {
      String next = seen.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("what is seen next").isNotNull();
      return String.valueOf(next);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private CompletableFuture<Void> start(URI address, String token) {
    return start(address, token, Duration.ZERO);
  }

  private CompletableFuture<Void> start(URI address, String token, Duration linger) {
    var done = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                new Handset(address, PhoneWorld.ANA, token, screen, Duration.ofMillis(20))
                    .run(linger);
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  @Test
  void aPhoneThatIsConnectedAgainLosesAndDoublesNothing() throws Exception {
    world.say("Before");
    URI address = world.serve();
    CompletableFuture<Void> done = start(address, PhoneWorld.TOKEN);
    assertThat(screen.next()).isEqualTo("Before");
    screen.typed.add(Optional.of("acme"));
    world.awaitCommands(1);
    world.work();
    world.say("Welcome");
    assertThat(screen.next()).isEqualTo("Welcome");

    world.close();
    world.say("While away");
    screen.typed.add(Optional.of(""));
    screen.typed.add(Optional.of("b"));
    assertThat(screen.next()).startsWith("-- ");
    assertThat(screen.next()).startsWith("-- ");
    world.serve();
    world.awaitCommands(1);
    assertThat(List.of(screen.next(), screen.next()))
        .containsExactlyInAnyOrder("-- Connected again.", "While away");
    world.work();
    world.say("Right");
    assertThat(screen.next()).isEqualTo("Right");

    screen.typed.add(Optional.empty());
    done.get(20, TimeUnit.SECONDS);
    assertThat(world.commands.all())
        .extracting(command -> ((ReceiveSms) command).body())
        .containsExactly("acme", "b");
    assertThat(screen.seen).isEmpty();
  }

  /** The answer got lost on its way: the message is sent again, under the same key. */
  @Test
  void aMessageWhoseAnswerWasLostIsSentOnce() throws Exception {
    URI service = world.serve();
    var lost = new AtomicInteger(2);
    Javalin proxy = lossyProxy(service, lost);
    try {
      CompletableFuture<Void> done =
          start(URI.create("http://127.0.0.1:" + proxy.port()), PhoneWorld.TOKEN);
      screen.typed.add(Optional.of("acme"));
      screen.typed.add(Optional.empty());
      done.get(20, TimeUnit.SECONDS);
      assertThat(lost.get()).isLessThan(0);
      assertThat(world.commands.all()).hasSize(1);
    } finally {
      proxy.stop();
    }
  }

  private static Javalin lossyProxy(URI service, AtomicInteger lost) {
    return Javalin.create(
            config -> {
              config.routes.get(
                  "/phone/{number}/messages",
                  context -> context.result("event: live\ndata: {}\n\n"));
              config.routes.post(
                  "/phone/{number}/messages",
                  context -> {
                    new PhoneService(service, PhoneWorld.ANA, PhoneWorld.TOKEN)
                        .say(String.valueOf(context.header("Idempotency-Key")), "acme");
                    context.status(lost.getAndDecrement() > 0 ? 502 : 202);
                  });
            })
        .start("127.0.0.1", 0);
  }

  @Test
  void anotherPhonesMessagesAreShown() throws Exception {
    URI address = world.serve();
    CompletableFuture<Void> done = start(address, PhoneWorld.TOKEN);
    world.say("Hello");
    assertThat(screen.next()).isEqualTo("Hello");
    new PhoneService(address, PhoneWorld.ANA, PhoneWorld.TOKEN).say("other", "from elsewhere");
    assertThat(screen.next()).isEqualTo("> from elsewhere");
    screen.typed.add(Optional.empty());
    done.get(20, TimeUnit.SECONDS);
  }

  /** As simulate does: a script's next line comes after the reply to the one before. */
  @Test
  void theNextLineOfAScriptWaitsForTheReply() throws Exception {
    URI address = world.serve();
    screen.typed.add(Optional.of("acme"));
    screen.typed.add(Optional.of("b"));
    screen.typed.add(Optional.empty());
    CompletableFuture<Void> done = start(address, PhoneWorld.TOKEN, Duration.ofSeconds(2));
    world.awaitCommands(1);
    world.work();
    world.say("Welcome");
    assertThat(screen.next()).isEqualTo("Welcome");
    assertThat(world.commands.all()).hasSize(1);
    world.awaitCommands(1);
    world.work();
    world.say("Right");
    assertThat(screen.next()).isEqualTo("Right");
    done.get(20, TimeUnit.SECONDS);
  }

  @Test
  void itSaysWhyItCannotConnect() {
    URI address = world.serve();
    assertThatThrownBy(() -> start(address, "wrong").get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(HandsetException.class)
        .hasMessageContaining("token");
    assertThatThrownBy(
            () -> start(address.resolve("/base"), PhoneWorld.TOKEN).get(20, TimeUnit.SECONDS))
        .hasMessageContaining("no simulated phones");
    world.close();
    assertThatThrownBy(() -> start(address, PhoneWorld.TOKEN).get(20, TimeUnit.SECONDS))
        .hasMessageContaining("./dialog serve");
  }
}
