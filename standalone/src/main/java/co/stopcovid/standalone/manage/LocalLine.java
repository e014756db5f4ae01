package co.stopcovid.standalone.manage;

import co.stopcovid.desk.Access;
import co.stopcovid.desk.Person;
import co.stopcovid.standalone.http.api.Api;
import co.stopcovid.standalone.http.api.Call;
import co.stopcovid.standalone.http.api.Reply;
import io.javalin.http.HandlerType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API in this process. What the database cannot do is thrown, not answered. */
final class LocalLine implements ApiLine {
  private final Api api;
  private final Person by;

  LocalLine(Api api, String person) {
    this.api = api;
    this.by = new Person(person, Access.ADMIN);
  }

  @Override
  public Said ask(HandlerType method, String path, String body) {
    int mark = path.indexOf('?');
    String route = mark < 0 ? path : path.substring(0, mark);
    String query = mark < 0 ? "" : path.substring(mark + 1);
    Reply reply =
        api.perform(
            method, Api.BASE + route, parameters -> new LocalCall(by, parameters, query, body));
    return new Said(reply.status().getCode(), reply.body());
  }

  @Override
  public void close() {
    // Whoever opened the database closes it.
  }

  private record LocalCall(Person by, Map<String, String> parameters, String query, String body)
      implements Call {
    @Override
    public String path(String name) {
      return parameters.getOrDefault(name, "");
    }

    @Override
    public List<String> query(String name) {
      List<String> values = new ArrayList<>();
      for (String part : query.split("&", -1)) {
        if (part.startsWith(name + "=")) {
          values.add(URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8));
        }
      }
      return values;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public byte[] body(int largest) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }
}
