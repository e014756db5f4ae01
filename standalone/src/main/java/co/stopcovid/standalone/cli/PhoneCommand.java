package co.stopcovid.standalone.cli;

import co.stopcovid.common.PhoneNumber;
import co.stopcovid.standalone.Streams;
import co.stopcovid.standalone.UsageException;
import co.stopcovid.standalone.Wiring;
import co.stopcovid.standalone.handset.Handset;
import co.stopcovid.standalone.handset.HandsetException;
import co.stopcovid.standalone.serve.ServiceAccess;
import co.stopcovid.standalone.serve.ServiceConfig;
import co.stopcovid.standalone.simulate.PlainScreen;
import co.stopcovid.standalone.simulate.Screen;
import co.stopcovid.standalone.simulate.TerminalScreen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dialog phone}. */
@Command(
    name = "phone",
    description = {
      "A phone in the terminal, connected to a running service that has no SMS provider.",
      "What you type is sent; what the service sends is shown. Ctrl-D ends."
    })
public final class PhoneCommand implements Callable<Integer> {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  private final Wiring wiring;
  private final Streams streams;

  @Parameters(paramLabel = "NUMBER", description = "The phone's number, such as +12025550123.")
  String number = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the service is. Without it: this machine, at DIALOG_HOST and DIALOG_PORT, else"
              + " http://127.0.0.1:8080.")
  @Nullable URI url;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port on this machine. Without it: DIALOG_PORT, else 8080.")
  @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the service keeps its data, its token among them. Without it: DIALOG_DATA_DIR, else"
              + " ./data.")
  @Nullable Path data;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The token of the API. Without it: DIALOG_API_TOKEN, else, for a service on this machine,"
              + " the file api-token in DIALOG_DATA_DIR.")
  @Nullable String token;

  @Option(
      names = "--linger",
      paramLabel = "SECONDS",
      description =
          "Where the input is no terminal: how long to wait for more messages after its end and"
              + " after each message. ${DEFAULT-VALUE} if not given.",
      defaultValue = "5")
  int linger;

  @Mixin final HelpOption help = new HelpOption();

  public PhoneCommand(Wiring wiring, Streams streams) {
    this.wiring = wiring;
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PhoneNumber phone = phone();
    ServiceConfig config = wiring.serviceConfig(flags());
    var access = new ServiceAccess(config, url, token, data);
    URI address = access.address();
    String secret = access.token();
    try {
      if (streams.isTerminal()) {
        try (var screen =
            new TerminalScreen(TerminalScreen.open(), wiring.config().colour(), List.of())) {
          screen.show("This is the phone %s. Ctrl-D ends.".formatted(phone.value()));
          converse(address, phone, secret, screen, Duration.ZERO);
        }
      } else {
        var screen = new PlainScreen(streams.in(), streams.results());
        converse(address, phone, secret, screen, Duration.ofSeconds(Math.clamp(linger, 0, 3_600)));
      }
    } catch (HandsetException e) {
      streams.err().println("dialog: " + e.getMessage());
      return 1;
    }
    return 0;
  }

  private static void converse(
      URI address, PhoneNumber phone, String secret, Screen screen, Duration linger)
      throws IOException, InterruptedException {
    new Handset(address, phone, secret, screen, FIRST_WAIT).run(linger);
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new HashMap<>();
    if (port != null) {
      flags.put("DIALOG_PORT", port.toString());
    }
    if (data != null) {
      flags.put("DIALOG_DATA_DIR", data.toString());
    }
    return flags;
  }

  private PhoneNumber phone() {
    try {
      return new PhoneNumber(number.replaceAll("[\\s().-]", ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
