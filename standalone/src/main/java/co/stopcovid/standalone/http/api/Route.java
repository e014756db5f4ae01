package co.stopcovid.standalone.http.api;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be asked of the API.
 *
 * @param path below {@link Api#BASE}, with parameters in braces: {@code /learners/{phone}}
 * @param action throws what went wrong; see {@link Api}
 */
public record Route(HandlerType method, String path, Action action) {
  /** Does what is asked for. */
  @FunctionalInterface
  public interface Action {
    Reply answer(Call call) throws IOException;
  }

  static Route get(String path, Action action) {
    return new Route(HandlerType.GET, path, action);
  }

  static Route post(String path, Action action) {
    return new Route(HandlerType.POST, path, action);
  }

  static Route put(String path, Action action) {
    return new Route(HandlerType.PUT, path, action);
  }

  static Route patch(String path, Action action) {
    return new Route(HandlerType.PATCH, path, action);
  }

  static Route delete(String path, Action action) {
    return new Route(HandlerType.DELETE, path, action);
  }

  /**
   * The parameters of a path, decoded, if it is one of this route's.
   *
   * @param raw below {@link Api#BASE}, as it stands in the address
   */
  Optional<Map<String, String>> parameters(String raw) {
    String[] own = path.split("/", -1);
    String[] given = raw.split("/", -1);
    if (own.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < own.length; i++) {
      String value;
      try {
        // A plus sign is one here: only in a query does it mean a space.
        value = URLDecoder.decode(given[i].replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      if (own[i].startsWith("{")) {
        parameters.put(own[i].substring(1, own[i].length() - 1), value);
      } else if (!own[i].equals(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
