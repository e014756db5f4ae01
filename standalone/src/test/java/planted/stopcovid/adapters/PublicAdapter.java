package planted.stopcovid.adapters;

/** One that others should not know. */
public final class PublicAdapter {
  private PublicAdapter() {}
}
