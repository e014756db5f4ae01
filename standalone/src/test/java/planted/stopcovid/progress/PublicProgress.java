package planted.stopcovid.progress;

/** What other planted classes must not use. */
public final class PublicProgress {
  private PublicProgress() {}
}
