package baton.bench.report;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where and how was measured.
///
/// @param command as it was typed
public record Setup(
    int processors, double memoryGiB, String system, String java, Instant at, String command) {
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public static Setup here(String command) {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Setup(
        Runtime.getRuntime().availableProcessors(),
        os.getTotalMemorySize() / (double) (1 << 30),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "Java " + Runtime.version().feature(),
        Instant.now(),
        command);
  }

  public String words() {
    return "%d processors, %.0f GiB, %s, %s; %s"
        .formatted(processors, memoryGiB, system, java, time());
  }

  public String time() {
    return AT.format(at);
  }
}
