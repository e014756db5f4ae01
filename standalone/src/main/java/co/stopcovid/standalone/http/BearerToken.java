package co.stopcovid.standalone.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The secret of those who may use the API (RFC 6750). Its comparison takes the same time always.
 */
public final class BearerToken {
  private static final int SHORTEST = 16;
  private static final int LONGEST = 1_000;
  private static final String SCHEME = "Bearer ";

  private final byte[] digest;

  /**
   * @throws IllegalArgumentException when the token can be guessed, or cannot stand in a header
   */
  public BearerToken(String token) {
    check(token);
    this.digest = digest(token);
  }

  /**
   * Whether a text can be a token.
   *
   * @throws IllegalArgumentException when not; the message does not hold it
   */
  public static void check(String token) {
    boolean fits = token.chars().allMatch(c -> c > ' ' && c < 127);
    if (!fits || token.length() < SHORTEST || token.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the API token must have %d to %d visible ASCII characters".formatted(SHORTEST, LONGEST));
    }
  }

  /**
   * Whether a request may go on.
   *
   * @param authorization the header of that name; null when there is none
   */
  public boolean admits(@Nullable String authorization) {
    if (authorization == null
        || authorization.length() > SCHEME.length() + LONGEST
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    return MessageDigest.isEqual(digest, digest(authorization.substring(SCHEME.length()).strip()));
  }

  /** Of one length whatever the token is, so that the comparison does not tell the length. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "BearerToken[…]";
  }
}
