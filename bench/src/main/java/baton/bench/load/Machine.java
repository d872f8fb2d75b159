package baton.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// The time that the processors spent until now, in hundredths of a second: for this program, for
/// its database, and for anybody. What nobody here spent is noise.
///
/// @param engine with the programs that this one had started and that are over
/// @param load the machine's load average over a minute
public record Machine(long engine, long database, long busy, long all, String load) {
  private static final double TICKS = 100;
  private static final long NOBODY = -1;

  /// For what is measured without a database.
  public static final OptionalLong NO_DATABASE = OptionalLong.of(NOBODY);

  /// Who had the processors in a stretch of time.
  ///
  /// @param load the load average before and after
  /// @param others percent that went to programs that are not measured
  /// @param idle percent that nobody took
  public record Share(
      String load, double others, double idle, double engineSeconds, double databaseSeconds) {}

  /// From now on until it is asked.
  ///
  /// @param postmaster process of the database server; without it every PostgreSQL here counts
  /// @return empty where the system does not say
  public static Supplier<Optional<Share>> watch(OptionalLong postmaster) {
    var then = now(postmaster);
    return () -> then.flatMap(before -> now(postmaster).map(after -> after.since(before)));
  }

  private static Optional<Machine> now(OptionalLong postmaster) {
    try {
      var total =
          Arrays.stream(Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +"))
              .skip(1)
              .limit(8)
              .mapToLong(Long::parseLong)
              .toArray();
      long all = Arrays.stream(total).sum();
      long idle = total[3] + total[4];
      var own = Process.of(ProcessHandle.current().pid());
      long engine = own.spent + own.ended;
      var load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
      return Optional.of(new Machine(engine, database(postmaster), all - idle, all, load));
    } catch (IOException elsewhere) {
      return Optional.empty();
    }
  }

  private Share since(Machine then) {
    double passed = all - then.all;
    long ours = engine - then.engine + database - then.database;
    return new Share(
        then.load + " to " + load,
        100 * Math.max(0, busy - then.busy - ours) / passed,
        100 - 100 * (busy - then.busy) / passed,
        (engine - then.engine) / TICKS,
        (database - then.database) / TICKS);
  }

  private static long database(OptionalLong postmaster) throws IOException {
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(name -> Process.of(Long.parseLong(name)))
          .filter(process ->
              postmaster.isPresent()
                  ? process.parent == postmaster.getAsLong()
                  : process.name.equals("postgres"))
          .mapToLong(Process::spent)
          .sum();
    }
  }

  /// One that is gone has no name and spent nothing.
  ///
  /// @param ended what those spent that it had started
  private record Process(String name, long parent, long spent, long ended) {
    static Process of(long id) {
      try {
        var text = Files.readString(Path.of("/proc/" + id + "/stat"));
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        var fields = text.substring(close + 2).split(" ");
        return new Process(
            text.substring(open + 1, close),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
            Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
      } catch (IOException gone) {
        return new Process("", NOBODY, 0, 0);
      }
    }
  }
}
