package co.stopcovid.adapters.content;

import java.util.Optional;

/** Looks whether there is newer content than what is taught. */
public interface ContentWatch {
  /** For content that never changes. */
  ContentWatch NONE =
      new ContentWatch() {
        @Override
        public boolean look() {
          return false;
        }

        @Override
        public Optional<ContentFailure> failure() {
          return Optional.empty();
        }
      };

  /**
   * Looks once.
   *
   * @return whether newer content is taught from now on
   */
  boolean look();

  /** Why the newest content is not taught; empty when it is. */
  Optional<ContentFailure> failure();
}
