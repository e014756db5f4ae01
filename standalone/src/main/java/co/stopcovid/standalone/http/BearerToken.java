package co.stopcovid.standalone.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret that a program shows with {@code Authorization: Bearer …}. */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  /**
   * @throws IllegalArgumentException when the token is blank, which would let everybody in
   */
  public BearerToken(String token) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("a token must not be blank");
    }
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the header's value has it; takes as long for any wrong one. */
  public boolean isIn(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            token,
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
  }
}
