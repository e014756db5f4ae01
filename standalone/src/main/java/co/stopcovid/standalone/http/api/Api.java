package co.stopcovid.standalone.http.api;

import co.stopcovid.adapters.json.MalformedJsonException;
import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.standalone.http.BearerToken;
import co.stopcovid.standalone.http.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API under {@value #BASE}. Everything in it needs the token, addresses that do not exist
 * too. What is wrong is said as {@link Problem}; what nobody foresaw is told to the log only.
 */
public final class Api {
  public static final String BASE = "/api/v1";

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String ROOT = "/api";
  private static final String ELSEWHERE = "elsewhere";
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE,
          HandlerType.OPTIONS,
          HandlerType.TRACE,
          HandlerType.QUERY);

  /** Told of every request once it is answered. */
  @FunctionalInterface
  public interface Observer {
    /**
     * @param route the path with its parameters in braces, so that it names nobody
     */
    void answered(String method, String route, int status, Duration took);
  }

  private final BearerToken token;
  private final Observer observer;
  private final List<Route> routes;

  public Api(BearerToken token, Observer observer, List<Resource> resources) {
    this.token = token;
    this.observer = observer;
    this.routes = resources.stream().flatMap(resource -> resource.routes().stream()).toList();
  }

  public List<Route> routes() {
    return routes;
  }

  public void register(JavalinConfig config) {
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      add(config, BASE + route.path(), route);
      methods.computeIfAbsent(route.path(), first -> new TreeSet<>()).add(route.method().name());
    }
    methods.forEach((path, known) -> refuseOthers(config, path, known));
    for (String path : List.of(ROOT, ROOT + "/<rest>")) {
      for (HandlerType method : METHODS) {
        add(config, path, new Route(method, ELSEWHERE, Api::nothingHere));
      }
    }
  }

  private void refuseOthers(JavalinConfig config, String path, Set<String> known) {
    String allow = String.join(", ", known);
    for (HandlerType method : METHODS) {
      if (!known.contains(method.name())) {
        Route refusal =
            new Route(
                method,
                path,
                context -> {
                  throw Problem.methodNotAllowed(allow);
                });
        add(config, BASE + path, refusal);
      }
    }
  }

  private static void nothingHere(Context context) {
    throw Problem.notFound("there is nothing at this address; see GET " + BASE + "/openapi.json");
  }

  private void add(JavalinConfig config, String path, Route route) {
    config.routes.addHttpHandler(route.method(), path, context -> answer(context, route));
  }

  private void answer(Context context, Route route) {
    long start = System.nanoTime();
    context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    try {
      if (!token.admits(context.header("Authorization"))) {
        throw Problem.unauthorized();
      }
      route.handler().handle(context);
    } catch (Exception e) {
      problem(e, route).answer(context);
    }
    observer.answered(
        route.method().name(),
        route.path(),
        context.statusCode(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static Problem problem(Exception e, Route route) {
    return switch (e) {
      case Problem problem -> problem;
      case MalformedJsonException malformed ->
          Problem.badRequest(String.valueOf(malformed.getMessage()));
      case OverloadedException overloaded -> {
        LOG.warn("request put off: route={} waiting={}", route.path(), overloaded.waiting());
        yield Problem.tryAgain("there is more to do than can be taken on; try again soon");
      }
      case StorageException storage -> {
        LOG.error("request failed: method={} route={}", route.method(), route.path(), storage);
        yield storage.isAboutTheData()
            ? unexpected()
            : Problem.tryAgain("the database does not answer; try again soon");
      }
      default -> {
        LOG.error("request failed: method={} route={}", route.method(), route.path(), e);
        yield unexpected();
      }
    };
  }

  private static Problem unexpected() {
    return Problem.of(
        HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log tells more");
  }
}
