package co.stopcovid.standalone.console;

/** What a person gets to see. */
public sealed interface Answer {
  /**
   * A page.
   *
   * @param template the name of its file
   * @param view what the template shows
   */
  record Show(String template, String title, Object view) implements Answer {}

  /** Another page, by its path. */
  record Go(String path) implements Answer {}
}
