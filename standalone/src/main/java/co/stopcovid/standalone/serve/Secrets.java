package co.stopcovid.standalone.serve;

import co.stopcovid.standalone.http.BearerToken;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs sign in with. What is not configured is made at the first start and kept
 * in files of the data directory that only their owner can read.
 *
 * @param password of people, for the console
 * @param token of programs, for the API
 */
public record Secrets(Secret password, Secret token) {
  /** Name of the file with the token, in the data directory. */
  public static final String TOKEN_FILE = "api-token";

  /** Name of the file with the password, in the data directory. */
  public static final String PASSWORD_FILE = "admin-password";

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int PASSWORD_BYTES = 12;
  private static final int TOKEN_BYTES = 32;

  /**
   * One secret.
   *
   * @param variable that can hold it
   * @param file that holds it; null when the variable does
   * @param isNew whether it was made now
   */
  public record Secret(String value, String variable, @Nullable Path file, boolean isNew) {
    /** A line that says where it is; what it is only when it was made now. */
    public String announcement(String purpose) {
      if (file == null) {
        return "  %s in %s".formatted(purpose, variable);
      }
      return isNew
          ? "  %s %s (kept in %s)".formatted(purpose, value, file)
          : "  %s in %s".formatted(purpose, file);
    }

    /** Without its value. */
    @Override
    public String toString() {
      return "Secret[%s]".formatted(variable);
    }
  }

  static Secrets of(ServiceConfig config) throws IOException {
    Path directory = config.dataDir();
    if (!Files.exists(directory)) {
      Files.createDirectories(directory, PRIVATE_DIRECTORY);
    }
    return new Secrets(
        secret(
            config.adminPassword(),
            "DIALOG_ADMIN_PASSWORD",
            directory.resolve(PASSWORD_FILE),
            PASSWORD_BYTES),
        secret(config.apiToken(), "DIALOG_API_TOKEN", directory.resolve(TOKEN_FILE), TOKEN_BYTES));
  }

  private static Secret secret(@Nullable String configured, String variable, Path file, int bytes)
      throws IOException {
    if (configured != null) {
      return new Secret(configured, variable, null, false);
    }
    boolean isNew = !Files.exists(file) && make(file, bytes);
    String value = Files.readString(file).strip();
    if (value.isEmpty()) {
      throw new IOException("%s is empty: delete it to have a new one made".formatted(file));
    }
    if (file.endsWith(TOKEN_FILE)) {
      try {
        BearerToken.check(value);
      } catch (IllegalArgumentException e) {
        throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }
    return new Secret(value, variable, file, isNew);
  }

  /**
   * Whole or not at all, also when the process is killed in between; of two processes one makes it.
   *
   * @return false when another was first
   */
  private static boolean make(Path file, int bytes) throws IOException {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    Path complete = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", "", PRIVATE);
    try {
      Files.writeString(complete, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.createLink(file, complete);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(complete);
    }
  }
}
