package co.stopcovid.standalone.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What people sign in with. Its comparison takes the same time always. */
final class Password {
  private final byte[] digest;

  Password(String value) {
    this.digest = digest(value);
  }

  boolean is(String given) {
    return MessageDigest.isEqual(digest, digest(given));
  }

  /** Of one length whatever the password is, so that the comparison does not tell the length. */
  private static byte[] digest(String value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Without its value. */
  @Override
  public String toString() {
    return "Password[…]";
  }
}
