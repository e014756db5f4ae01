package co.stopcovid.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids that derive from data, so that doing a thing again makes the same ids: name-based UUIDs (RFC
 * 9562, version 5) in a namespace of this project.
 */
public final class DerivedId {
  private static final UUID NAMESPACE = UUID.fromString("5f0c2d0e-9d0b-5c55-8a3c-0d1a10c0de00");

  private DerivedId() {}

  /**
   * The id of a thing that one command of one learner made.
   *
   * @param name tells apart the things that the command made
   */
  public static UUID of(PhoneNumber phone, SequenceNumber seq, String name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    sha1.update((phone.value() + '/' + seq + '/' + name).getBytes(StandardCharsets.UTF_8));
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
    long high = (digest.getLong() & ~0xF000L) | 0x5000L;
    long low = (digest.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}
