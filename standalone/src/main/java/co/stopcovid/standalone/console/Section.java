package co.stopcovid.standalone.console;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Predicate;

/** A part of the console: its pages, and what can be done on them. */
public interface Section {
  /** Where it is in the navigation. */
  Link link();

  List<Step> steps();

  /**
   * Adds what are no pages.
   *
   * @param mayUse whether a request may see or do what is private
   */
  default void register(JavalinConfig config, Predicate<Context> mayUse) {}
}
