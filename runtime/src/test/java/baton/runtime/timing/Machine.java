package baton.runtime.timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The time that the processors spent until now, in hundredths of a second: for this program, for
/// its database, and for anybody. What nobody here spent is noise.
///
/// @param load the machine's load average over a minute
record Machine(long engine, long database, long busy, long all, String load) {

  /// @param postmaster process of the database server
  static Machine now(long postmaster) {
    try {
      var total =
          Arrays.stream(Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +"))
              .skip(1)
              .limit(8)
              .mapToLong(Long::parseLong)
              .toArray();
      long all = Arrays.stream(total).sum();
      long idle = total[3] + total[4];
      long engine = spent(stat(ProcessHandle.current().pid()));
      return new Machine(
          engine,
          database(postmaster),
          all - idle,
          all,
          Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The share of the processors that went to others between then and now.
  double others(Machine then) {
    long ours = engine - then.engine + database - then.database;
    return 100.0 * Math.max(0, busy - then.busy - ours) / (all - then.all);
  }

  private static long database(long postmaster) throws IOException {
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(name -> stat(Long.parseLong(name)))
          .filter(stat -> stat.length > 14 && stat[1].equals(Long.toString(postmaster)))
          .mapToLong(Machine::spent)
          .sum();
    }
  }

  private static long spent(String[] stat) {
    return Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
  }

  /// The fields after the program's name; empty for a process that is gone.
  private static String[] stat(long process) {
    try {
      var text = Files.readString(Path.of("/proc/" + process + "/stat"));
      return text.substring(text.lastIndexOf(')') + 2).split(" ");
    } catch (IOException gone) {
      return new String[0];
    }
  }
}
