package co.stopcovid.adapters.json;

import co.stopcovid.common.Failure;

/** A state or an event refers to a drill version that is not stored. */
public final class MissingDrillVersionException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  private final String versionId;

  public MissingDrillVersionException(String slug, String versionId) {
    super("drill version %s of drill %s is not stored".formatted(versionId, slug));
    this.versionId = versionId;
  }

  public String versionId() {
    return versionId;
  }

  @Override
  public Kind kind() {
    return Kind.DATA;
  }
}
