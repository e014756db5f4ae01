package co.stopcovid.adapters.config;

import co.stopcovid.common.Failure;

/** A setting is missing or cannot be. The message names it and says what to do, never its value. */
public final class SettingException extends RuntimeException implements Failure {
  private static final long serialVersionUID = 1L;

  public SettingException(String message) {
    super(message);
  }

  public SettingException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Kind kind() {
    return Kind.OUTAGE;
  }
}
