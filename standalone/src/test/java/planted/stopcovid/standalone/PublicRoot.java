package planted.stopcovid.standalone;

/** What other planted classes must not use. */
public final class PublicRoot {
  private PublicRoot() {}
}
