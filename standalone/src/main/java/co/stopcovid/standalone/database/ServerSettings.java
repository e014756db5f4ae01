package co.stopcovid.standalone.database;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of the embedded PostgreSQL. Given at its start, they override every file. */
final class ServerSettings {
  private static final long MEGABYTE = 1 << 20;
  private static final long LEAST_BUFFERS = 64;
  private static final long MOST_BUFFERS = 512;

  private ServerSettings() {}

  /** A quarter of the memory is PostgreSQL's own; more than the most brings nothing here. */
  static long sharedBuffers(long memoryBytes) {
    return Math.clamp(memoryBytes / MEGABYTE / 4, LEAST_BUFFERS, MOST_BUFFERS);
  }

  /** Of the machine, or what the container may use of it. */
  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  static Map<String, String> all(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    // From this machine only.
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("max_connections", "100");
    // What is committed is kept, whatever happens to the machine.
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    // For many small rows and few, large transactions.
    settings.put("shared_buffers", sharedBuffers(memory()) + "MB");
    settings.put("max_wal_size", "4GB");
    settings.put("min_wal_size", "512MB");
    settings.put("checkpoint_timeout", "15min");
    settings.put("jit", "off");
    settings.put("timezone", "UTC");
    // A file a weekday, so that the logs never take more than a week.
    settings.put("logging_collector", "on");
    settings.put("log_directory", "log");
    settings.put("log_filename", "postgresql-%a.log");
    settings.put("log_truncate_on_rotation", "on");
    settings.put("log_rotation_age", "1d");
    settings.put("log_rotation_size", "0");
    // Statements hold learners' messages.
    settings.put("log_min_error_statement", "panic");
    settings.put("log_parameter_max_length_on_error", "0");
    return settings;
  }
}
