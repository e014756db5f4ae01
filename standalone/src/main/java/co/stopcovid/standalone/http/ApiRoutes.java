package co.stopcovid.standalone.http;

import co.stopcovid.desk.Access;
import co.stopcovid.desk.Person;
import co.stopcovid.standalone.http.api.Api;
import co.stopcovid.standalone.http.api.Call;
import co.stopcovid.standalone.http.api.Reply;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API over HTTP. All of it needs the token, addresses that do not exist too. */
public final class ApiRoutes {
  /** Says for whom a program asks; else the audit log has {@value #PROGRAM}. */
  public static final String PERSON_HEADER = "Dialog-Person";

  private static final String PROGRAM = "api";
  private static final String ROOT = "/api";
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

  private final Api api;
  private final BearerToken token;
  private final Observer observer;

  public ApiRoutes(Api api, BearerToken token, Observer observer) {
    this.api = api;
    this.token = token;
    this.observer = observer;
  }

  public void register(JavalinConfig config) {
    for (String path : List.of(ROOT, ROOT + "/<rest>")) {
      for (HandlerType method : METHODS) {
        config.routes.addHttpHandler(method, path, context -> answer(context, method));
      }
    }
  }

  private void answer(Context context, HandlerType method) {
    long start = System.nanoTime();
    context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    String route = "elsewhere";
    if (token.admits(context.header("Authorization"))) {
      Api.Answered answered =
          api.answer(
              method,
              context.req().getRequestURI().replaceFirst("/$", ""),
              parameters -> new HttpCall(context, parameters));
      write(context, answered.reply());
      route = answered.route();
    } else {
      write(context, Reply.of(Problem.unauthorized()));
    }
    observer.answered(
        method.name(), route, context.statusCode(), Duration.ofNanos(System.nanoTime() - start));
  }

  private static void write(Context context, Reply reply) {
    reply.headers().forEach(context::header);
    context.status(reply.status());
    if (!reply.contentType().isEmpty()) {
      context.contentType(reply.contentType()).result(reply.body());
    }
  }

  private record HttpCall(Context context, Map<String, String> parameters) implements Call {
    @Override
    public Person by() {
      String name = context.header(PERSON_HEADER);
      try {
        return new Person(name == null ? PROGRAM : name, Access.ADMIN);
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest("%s: %s".formatted(PERSON_HEADER, e.getMessage()));
      }
    }

    @Override
    public String path(String name) {
      return parameters.getOrDefault(name, "");
    }

    @Override
    public List<String> query(String name) {
      return context.queryParams(name);
    }

    @Override
    public @Nullable String header(String name) {
      return context.header(name);
    }

    @Override
    public byte[] body(int largest) {
      return BoundedBody.read(context, largest);
    }
  }
}
