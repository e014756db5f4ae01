package co.stopcovid.standalone.serve;

import co.stopcovid.standalone.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a command reaches a running service: its address, and the token that it is asked with.
 *
 * @param url as chosen; null for this machine, as the variables say
 * @param chosenToken null for the variable's, else the file's
 * @param data the folder of the service's data, as chosen; null for the configured one
 */
public record ServiceAccess(
    ServiceConfig config, @Nullable URI url, @Nullable String chosenToken, @Nullable Path data) {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * Where the service is.
   *
   * @throws UsageException when it cannot be told
   */
  public URI address() {
    URI chosen = url;
    if (chosen == null) {
      if (config.port() == 0) {
        throw new UsageException(
            "say with --port or --url where the service is, such as --port 8080: DIALOG_PORT is 0");
      }
      return config.localUrl(config.port());
    }
    boolean web = "http".equals(chosen.getScheme()) || "https".equals(chosen.getScheme());
    if (!web || chosen.getHost() == null) {
      throw new UsageException("--url must look like http://127.0.0.1:8080");
    }
    return chosen;
  }

  /**
   * The token. The file's is of a service on this machine, and nobody else's business, unless its
   * folder is named.
   *
   * @throws UsageException when there is none
   * @throws IOException when its file cannot be read
   */
  public String token() throws IOException {
    if (chosenToken != null && !chosenToken.isBlank()) {
      return chosenToken;
    }
    String configured = config.apiToken();
    if (configured != null && data == null) {
      return configured;
    }
    Path file = config.dataDir().resolve(Secrets.TOKEN_FILE);
    boolean here = url == null || THIS_MACHINE.contains(address().getHost());
    if ((here || data != null) && Files.isReadable(file)) {
      return Files.readString(file).strip();
    }
    throw new UsageException(
        here
            ? "no token: there is no %s to read it from; say with --data where the service keeps its data, or give its token with --token or DIALOG_API_TOKEN"
                .formatted(file)
            : "no token: give the service's with --token or DIALOG_API_TOKEN");
  }
}
