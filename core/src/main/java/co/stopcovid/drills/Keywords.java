package co.stopcovid.drills;

/** Placeholder. */
public final class Keywords {
  public Keywords(LanguageTables tables) {}

  public boolean isHelp(String message) {
    return false;
  }

  public boolean isOptOut(String message) {
    return false;
  }

  public boolean isOptIn(String message) {
    return false;
  }

  public boolean isMore(String message) {
    return false;
  }
}
