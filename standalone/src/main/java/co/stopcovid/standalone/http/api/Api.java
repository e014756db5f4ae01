package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API under {@value #BASE}, whatever carries its calls. What is wrong is said as {@link
 * Problem}; what nobody foresaw is told to the log only.
 */
public final class Api {
  public static final String BASE = "/api/v1";

  /** How a problem with an address begins that this API does not have, or not yet. */
  public static final String NOTHING_HERE = "there is nothing at this address";

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String ELSEWHERE = "elsewhere";

  private final List<Route> routes;

  public Api(List<Resource> resources) {
    this.routes = resources.stream().flatMap(resource -> resource.routes().stream()).toList();
  }

  public List<Route> routes() {
    return routes;
  }

  /**
   * An answer, and the path of its route with the parameters in braces, so that it names nobody.
   */
  public record Answered(Reply reply, String route) {}

  /**
   * Answers a call, whatever happens.
   *
   * @param path from the root of the server, as it stands in the address
   * @param call made of the parameters in the path
   */
  @SuppressWarnings("CatchingUnchecked") // The outermost frame of a request.
  public Answered answer(
      HandlerType method, String path, Function<Map<String, String>, Call> call) {
    var found = new Found(method, path);
    try {
      return new Answered(found.perform(call), found.route());
    } catch (Exception e) {
      return new Answered(Reply.of(problem(e, method, found.route())), found.route());
    }
  }

  /** The same; what is not about the request is thrown. */
  public Reply perform(HandlerType method, String path, Function<Map<String, String>, Call> call) {
    try {
      return new Found(method, path).perform(call);
    } catch (Problem problem) {
      return Reply.of(problem);
    } catch (MalformedJsonException e) {
      return Reply.of(Problem.badRequest(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an address leads to. */
  private final class Found {
    private final HandlerType method;
    private final TreeSet<String> allowed = new TreeSet<>();
    private @Nullable Route route;
    private Map<String, String> parameters = Map.of();

    Found(HandlerType method, String path) {
      String below = path.startsWith(BASE + "/") ? path.substring(BASE.length()) : "";
      for (Route known : routes) {
        Optional<Map<String, String>> given = known.parameters(below);
        if (given.isPresent()) {
          allowed.add(known.method().name());
          if (route == null || known.method().equals(method)) {
            route = known;
            parameters = given.get();
          }
        }
      }
      this.method = method;
    }

    String route() {
      return route == null ? ELSEWHERE : route.path();
    }

    Reply perform(Function<Map<String, String>, Call> call) throws IOException {
      if (route == null) {
        throw Problem.notFound(NOTHING_HERE + "; see GET " + BASE + "/openapi.json");
      }
      if (!route.method().equals(method)) {
        throw Problem.methodNotAllowed(String.join(", ", allowed));
      }
      return route.action().answer(call.apply(parameters));
    }
  }

  private static Problem problem(Exception e, HandlerType method, String route) {
    return switch (e) {
      case Problem problem -> problem;
      case MalformedJsonException malformed ->
          Problem.badRequest(String.valueOf(malformed.getMessage()));
      case OverloadedException overloaded -> {
        LOG.warn("request put off: route={} waiting={}", route, overloaded.waiting());
        yield Problem.tryAgain("there is more to do than can be taken on; try again soon");
      }
      case StorageException storage -> {
        LOG.error("request failed: method={} route={}", method, route, storage);
        yield storage.isAboutTheData()
            ? unexpected()
            : Problem.tryAgain("the database does not answer; try again soon");
      }
      default -> {
        LOG.error("request failed: method={} route={}", method, route, e);
        yield unexpected();
      }
    };
  }

  private static Problem unexpected() {
    return Problem.of(
        HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log tells more");
  }
}
