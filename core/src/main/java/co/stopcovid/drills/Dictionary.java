package co.stopcovid.drills;

import java.util.Set;

/**
 * The words of a language, to tell a slip of the finger from another word and the forms of one word
 * from two. All words are as {@link FoldedText} makes them. Safe for many threads; what it takes to
 * look a word up is loaded when a word is first looked up.
 */
public interface Dictionary {
  /** Of a language without a dictionary: any word may be one, so that nothing counts as a slip. */
  Dictionary UNKNOWN =
      new Dictionary() {
        @Override
        public boolean knows(String word) {
          return true;
        }

        @Override
        public boolean isName(String word) {
          return false;
        }

        @Override
        public Set<String> bases(String word) {
          return Set.of();
        }
      };

  /** Whether it is a word or a name of the language, with any accents. */
  boolean knows(String word);

  /** Whether it is written with a capital only: "watter", of a family, is near "water". */
  boolean isName(String word);

  /**
   * The base forms that a word can be a form of, "wash" for "washing"; empty: unknown. A
   * comparative is no form of what it compares.
   */
  Set<String> bases(String word);
}
