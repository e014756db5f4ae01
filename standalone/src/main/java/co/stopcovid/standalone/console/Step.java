package co.stopcovid.standalone.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * One thing that a signed-in person can ask of the console.
 *
 * @param path from the root of the service, with parameters in braces
 */
public record Step(HandlerType method, String path, Action action) {
  /** Shows or does it. */
  @FunctionalInterface
  public interface Action {
    /**
     * Throws a {@link co.stopcovid.standalone.http.Problem} when it cannot.
     *
     * @throws java.io.IOException when the request breaks off
     */
    Answer answer(Context context) throws java.io.IOException;
  }

  static Step show(String path, Action action) {
    return new Step(HandlerType.GET, path, action);
  }

  static Step act(String path, Action action) {
    return new Step(HandlerType.POST, path, action);
  }
}
