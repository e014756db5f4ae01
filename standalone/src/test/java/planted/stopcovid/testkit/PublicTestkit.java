package planted.stopcovid.testkit;

/** What other planted classes must not use. */
public final class PublicTestkit {
  private PublicTestkit() {}
}
