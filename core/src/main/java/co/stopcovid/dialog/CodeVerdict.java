package co.stopcovid.dialog;

/** What the registration service says of a code. */
public sealed interface CodeVerdict {
  record Valid(boolean isDemo, AccountInfo accountInfo) implements CodeVerdict {}

  record Invalid() implements CodeVerdict {}

  /** The service could not answer: nothing may be concluded from it. */
  record Unavailable(String reason) implements CodeVerdict {}

  /** The service has been asked, or will be, and nobody waits for it: ask again once it answers. */
  record Pending() implements CodeVerdict {}
}
