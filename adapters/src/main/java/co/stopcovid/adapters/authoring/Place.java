package co.stopcovid.adapters.authoring;

/**
 * Where something stands in the content.
 *
 * @param file relative to the content folder
 * @param line from 1; 0 when the whole file is meant
 * @param what the thing in words, such as {@code prompt soap}; may be empty
 */
public record Place(String file, int line, String what) {
  @Override
  public String toString() {
    String position = line > 0 ? file + ":" + line : file;
    return what.isEmpty() ? position : position + " (" + what + ")";
  }
}
