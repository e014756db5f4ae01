package planted.stopcovid.dialog;

/** What other planted classes must not use. */
public final class PublicDialog {
  private PublicDialog() {}
}
