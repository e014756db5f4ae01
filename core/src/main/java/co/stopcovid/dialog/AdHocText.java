package co.stopcovid.dialog;

/** What is said to a learner apart from drills. */
public sealed interface AdHocText {
  /**
   * Words of a person, sent as they stand.
   *
   * @param text 1 to {@value #LONGEST} UTF-16 units; what no store takes is replaced by U+FFFD
   */
  record Message(String text) implements AdHocText {
    /** What an SMS provider takes at most. */
    public static final int LONGEST = 1_600;

    /**
     * @throws IllegalArgumentException when the text is blank or too long
     */
    public Message {
      if (text.isBlank() || text.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a message has 1 to %d characters, not all of them white space; this one has %d"
                .formatted(LONGEST, text.length()));
      }
      text = StorableText.of(text);
    }

    /** Without the text, which is private. */
    @Override
    public String toString() {
      return "Message[%d characters]".formatted(text.length());
    }
  }

  /** One of the engine's own texts, in the learner's language. */
  record Label(String label) implements AdHocText {}
}
