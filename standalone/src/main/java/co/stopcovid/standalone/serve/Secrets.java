package co.stopcovid.standalone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs sign in with. What is not configured is made at the first start and kept
 * in files of the data directory that only their owner can read.
 *
 * @param areNew whether one was made now, so that it has to be told
 */
public record Secrets(String adminPassword, String apiToken, boolean areNew) {
  /** Name of the file with the token, in the data directory. */
  public static final String API_TOKEN = "api-token";

  /** Name of the file with the password, in the data directory. */
  public static final String ADMIN_PASSWORD = "admin-password";

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int PASSWORD_BYTES = 12;
  private static final int TOKEN_BYTES = 32;

  static Secrets of(ServiceConfig config) throws IOException {
    Path directory = config.dataDir();
    if (!Files.exists(directory)) {
      Files.createDirectories(directory, PRIVATE_DIRECTORY);
    }
    boolean makesPassword = isMissing(config.adminPassword(), directory.resolve(ADMIN_PASSWORD));
    boolean makesToken = isMissing(config.apiToken(), directory.resolve(API_TOKEN));
    return new Secrets(
        secret(config.adminPassword(), directory.resolve(ADMIN_PASSWORD), PASSWORD_BYTES),
        secret(config.apiToken(), directory.resolve(API_TOKEN), TOKEN_BYTES),
        makesPassword || makesToken);
  }

  private static boolean isMissing(@Nullable String configured, Path file) {
    return configured == null && !Files.exists(file);
  }

  private static String secret(@Nullable String configured, Path file, int bytes)
      throws IOException {
    if (configured != null) {
      return configured;
    }
    if (!Files.exists(file)) {
      byte[] random = new byte[bytes];
      new SecureRandom().nextBytes(random);
      Path complete = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(complete);
      Files.createFile(complete, PRIVATE);
      Files.writeString(complete, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      // Whole or not at all, also when the process is killed in between.
      Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    }
    String secret = Files.readString(file).strip();
    if (secret.isEmpty()) {
      throw new IOException("%s is empty: delete it to have a new one made".formatted(file));
    }
    return secret;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "Secrets[new=%s]".formatted(areNew);
  }
}
