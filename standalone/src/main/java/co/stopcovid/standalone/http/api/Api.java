package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.standalone.http.Problem;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
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
   * Answers a call.
   *
   * @param path from the root of the server, as it stands in the address
   * @param call made of the parameters in the path
   */
  @SuppressWarnings("CatchingUnchecked") // The outermost frame of a request.
  public Answered answer(
      HandlerType method, String path, Function<Map<String, String>, Call> call) {
    String route = ELSEWHERE;
    try {
      String below = path.startsWith(BASE + "/") ? path.substring(BASE.length()) : "";
      var allowed = new TreeSet<String>();
      for (Route known : routes) {
        Optional<Map<String, String>> parameters = known.parameters(below);
        if (parameters.isPresent()) {
          route = known.path();
          if (known.method().equals(method)) {
            return new Answered(known.action().answer(call.apply(parameters.get())), route);
          }
          allowed.add(known.method().name());
        }
      }
      throw allowed.isEmpty()
          ? Problem.notFound(NOTHING_HERE + "; see GET " + BASE + "/openapi.json")
          : Problem.methodNotAllowed(String.join(", ", allowed));
    } catch (Exception e) {
      return new Answered(Reply.of(problem(e, method, route)), route);
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
