package co.stopcovid.standalone.http.api;

import co.stopcovid.desk.Person;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is asked of the API, whatever carried it. */
public interface Call {
  /** Who asks. */
  Person by();

  /** The value that stands in the path for a parameter of the route. */
  String path(String name);

  /** All values of a parameter of the query. */
  List<String> query(String name);

  @Nullable String header(String name);

  /**
   * The whole body.
   *
   * @param largest in bytes
   * @throws co.stopcovid.standalone.http.Problem when it has more
   * @throws IOException when it breaks off
   */
  byte[] body(int largest) throws IOException;
}
