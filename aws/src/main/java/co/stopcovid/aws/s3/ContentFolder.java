package co.stopcovid.aws.s3;

import co.stopcovid.drills.ContentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A folder of content in a bucket: all objects whose keys begin with a prefix. */
final class ContentFolder {
  private static final int MOST_OBJECTS = 2_000;
  private static final long MOST_BYTES = 50_000_000;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  ContentFolder(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * What the folder holds now.
   *
   * @return the ETag of each file, by its path below the prefix
   * @throws ContentException when it holds too much, or a file that has no place in a folder
   * @throws SdkException when it cannot be read
   */
  SortedMap<String, String> list() {
    SortedMap<String, String> tags = new TreeMap<>();
    long bytes = 0;
    for (S3Object object :
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents()) {
      String path = object.key().substring(prefix.length());
      // A key that ends so is the mark that some programs make for a folder.
      if (!path.endsWith("/") && !path.isEmpty()) {
        tags.put(checked(path), object.eTag());
        bytes += object.size();
      }
      if (tags.size() > MOST_OBJECTS || bytes > MOST_BYTES) {
        throw new ContentException(
            "s3://%s/%s holds more than %d files or %d bytes"
                .formatted(bucket, prefix, MOST_OBJECTS, MOST_BYTES));
      }
    }
    return tags;
  }

  /** A key may be anything; what would be written outside the folder is refused. */
  private String checked(String path) {
    if (List.of(path.split("/", -1)).stream().anyMatch(ContentFolder::isNoName)) {
      throw new ContentException(
          "s3://%s/%s%s is no path of a file".formatted(bucket, prefix, path));
    }
    return path;
  }

  private static boolean isNoName(String part) {
    return part.isEmpty()
        || part.equals(".")
        || part.equals("..")
        || part.indexOf('\0') >= 0
        || part.indexOf('\\') >= 0;
  }

  /**
   * Copies the files into a new folder on this machine; it is the caller's to {@link #delete}.
   *
   * @throws SdkException when one cannot be read, or is not what was listed any more
   */
  Path copy(SortedMap<String, String> tags) {
    Path folder = newFolder();
    try {
      tags.forEach((path, tag) -> copy(path, tag, folder.resolve(path)));
      return folder;
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private void copy(String path, String tag, Path file) {
    byte[] bytes =
        s3.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + path).ifMatch(tag))
            .asByteArrayUnsafe();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("content");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
