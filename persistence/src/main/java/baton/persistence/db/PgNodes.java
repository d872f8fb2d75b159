package baton.persistence.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The engines that run on one database, and the one place where they meet: where none of those
/// that are here is in a cluster one may form it, and two never do at once.
///
/// Each has a session of its own that holds a lock of PostgreSQL as long as it lives, so who is
/// gone is known without a time-out. The lock guards nothing but who forms: what is decided and
/// done is fenced by journal and claims.
public final class PgNodes implements AutoCloseable {
  /// In PostgreSQL's space of two numbers, so that it is none of the claims' locks.
  private static final int SPACE = 0x6261746f;

  private static final int LOCK = 1;
  private static final int ARBITER = 2;
  private static final int FORM = 3;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final int GOODBYE_MAX_MS = 1_000;
  private static final int LOOKS_MAX = 50;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private static final String LIVE =
      """
      select n.address, n.http, n.version, n.format, n.secrets, n.since
      from node n
      join pg_stat_activity s on s.pid = n.session and s.backend_start = n.session_began
      join pg_locks l on l.pid = n.session and l.locktype = 'advisory' and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
        and l.classid = %d and l.objid = %d and l.objsubid = 2
      where n.joined or not ?
      order by n.address
      """
          .formatted(SPACE, LOCK);

  /// Those whose session has ended.
  private static final String FORGET =
      """
      delete from node n
      where not exists (
        select from pg_stat_activity s where s.pid = n.session and s.backend_start = n.session_began)
      """;

  /// A node as the others see it.
  ///
  /// @param address where the others of its cluster reach it, `HOST:PORT`
  /// @param http where it serves, `http://HOST:PORT`
  /// @param version of Baton
  /// @param format the newest one of a journal's rows that it reads
  /// @param secrets a digest of the keys that all nodes of a cluster share
  /// @param since when it came
  public record Member(
      String address, String http, String version, int format, String secrets, Instant since) {}

  /// What a node finds when it comes.
  public sealed interface Found {
    /// Nobody else is here, and nobody else finds that.
    record Nobody() implements Found {}

    record Others(List<Member> members) implements Found {
      public Others {
        members = List.copyOf(members);
      }
    }
  }

  /// How one that is here comes into the cluster.
  public sealed interface Way {
    /// None is in one: it forms the cluster, and is the only one that may.
    record Form() implements Way {}

    /// @param members those that are in it: one of them lets it in
    record Ask(List<Member> members) implements Way {
      public Ask {
        members = List.copyOf(members);
      }
    }

    /// Another forms it at this moment.
    record Wait() implements Way {}
  }

  /// Whether the place is still this node's.
  public sealed interface Place {
    /// @param live those that are here, by address
    record Kept(List<Member> live) implements Place {
      public Kept {
        live = List.copyOf(live);
      }
    }

    /// The session had ended, and has been opened again: others may still be on their way back.
    record Back() implements Place {}

    /// Others have formed a cluster while this node was away, or it has given up its place.
    record Lost() implements Place {}
  }

  private final Database database;
  private Member self;
  private Connection session;
  private boolean arbitrates;
  private boolean forms;
  private boolean joined;
  private boolean closed;
  private long formation;

  private PgNodes(Database database, Member self) {
    this.database = database;
    this.self = self;
  }

  /// Comes in, and tells what is there. Until it is closed the node counts as here.
  ///
  /// @param found is told what was found before this one was listed
  /// @throws Unusable with one line, where `judge` or the database turns it away
  public static PgNodes enter(Database database, Member self, Consumer<Found> judge) {
    var nodes = new PgNodes(database, self);
    try {
      nodes.enter(judge);
      return nodes;
    } catch (RuntimeException turnedAway) {
      nodes.close();
      throw turnedAway;
    }
  }

  private void enter(Consumer<Found> judge) {
    try {
      session = database.session(ANSWER_MAX);
      judge(judge);
      list();
    } catch (SQLException outage) {
      throw new Unusable(
          "the database did not answer: check that it runs, then start again", outage);
    }
  }

  private void judge(Consumer<Found> judge) throws SQLException {
    for (int look = 0; look < LOOKS_MAX; look++) {
      if (alone()) {
        judge.accept(new Found.Nobody());
        share();
        execute("select pg_advisory_unlock(" + SPACE + ", " + LOCK + ")");
        return;
      }
      share();
      var others = live(session, false);
      if (!others.isEmpty()) {
        judge.accept(new Found.Others(others));
        return;
      }
      // Somebody comes or goes, and is not listed.
      execute("select pg_advisory_unlock_shared(" + SPACE + ", " + LOCK + ")");
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    throw new Unusable("other engines start on this database at this moment: start again");
  }

  private boolean alone() throws SQLException {
    return isGranted(LOCK);
  }

  private boolean isGranted(int lock) throws SQLException {
    try (var statement = session.createStatement();
        var row =
            statement.executeQuery("select pg_try_advisory_lock(" + SPACE + ", " + lock + ")")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /// Waits while somebody is alone.
  private void share() throws SQLException {
    execute("select pg_advisory_lock_shared(" + SPACE + ", " + LOCK + ")");
  }

  private long number() throws SQLException {
    try (var statement = session.createStatement();
        var row = statement.executeQuery("select number from formation")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void list() throws SQLException {
    try (var statement =
        session.prepareStatement(
            """
            insert into node as n
              (address, http, version, format, secrets, session, session_began, since, joined)
            select ?, ?, ?, ?, ?, pid, backend_start, ?::timestamptz, ?
            from pg_stat_activity where pid = pg_backend_pid()
            on conflict (address) do update
              set http = excluded.http, version = excluded.version, format = excluded.format,
                secrets = excluded.secrets, session = excluded.session,
                session_began = excluded.session_began, since = excluded.since, joined = excluded.joined
            """)) {
      statement.setString(1, self.address());
      statement.setString(2, self.http());
      statement.setString(3, self.version());
      statement.setInt(4, self.format());
      statement.setString(5, self.secrets());
      statement.setObject(6, Work.time(self.since()));
      statement.setBoolean(7, joined);
      statement.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /// What is to be done to come into the cluster, at this moment; asked again until it is in it.
  /// Blocks.
  ///
  /// @throws Outage where the database does not answer
  public synchronized Way way() {
    try {
      if (forms) return new Way.Form();
      formation = number();
      var inside = live(session, true);
      if (!inside.isEmpty()) return new Way.Ask(inside);
      if (!isGranted(FORM)) return new Way.Wait();
      forms = true;
      // Somebody may have formed it before the lock was granted.
      inside = live(session, true);
      if (inside.isEmpty()) {
        execute("update formation set number = number + 1");
        execute(FORGET);
        formation = number();
        return new Way.Form();
      }
      formed();
      return new Way.Ask(inside);
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  /// Tells the others that it is in the cluster. Blocks.
  ///
  /// @return false where another one has been formed on this database meanwhile
  /// @throws Outage where the database does not answer
  public synchronized boolean joins() {
    try {
      joined = true;
      if (forms) {
        list();
        formed();
      } else {
        joined = isListed();
      }
      return joined;
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  /// Not while somebody forms a cluster, nor after that.
  private boolean isListed() throws SQLException {
    execute("select pg_advisory_lock_shared(" + SPACE + ", " + FORM + ")");
    boolean same = number() == formation;
    if (same) list();
    execute("select pg_advisory_unlock_shared(" + SPACE + ", " + FORM + ")");
    return same;
  }

  private void formed() throws SQLException {
    execute("select pg_advisory_unlock(" + SPACE + ", " + FORM + ")");
    forms = false;
  }

  /// Tells the others where this one serves. Blocks.
  public synchronized void serves(String http) {
    self =
        new Member(
            self.address(), http, self.version(), self.format(), self.secrets(), self.since());
    try {
      list();
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  /// Sees that the session lives, and comes back where it has ended. Blocks.
  ///
  /// @throws Outage where the database does not answer: nothing is known then
  public synchronized Place keep() {
    if (closed) return new Place.Lost();
    try {
      if (session.isValid((int) ANSWER_MAX.toSeconds())) {
        return new Place.Kept(live(session, false));
      }
      session.close();
      arbitrates = false;
      return back() ? new Place.Back() : new Place.Lost();
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  /// Whoever is not listed is among nobody here, and its session keeps nobody from coming.
  private boolean back() throws SQLException {
    session = database.session(ANSWER_MAX);
    boolean listed = false;
    try {
      share();
      listed = isListed();
      return listed;
    } finally {
      if (!listed) session.close();
    }
  }

  /// Whether this node may decide which part of a cluster goes on, where its parts cannot see each
  /// other: one at a time may, as long as its session lives. Blocks.
  public synchronized boolean arbitrate() {
    try {
      if (!arbitrates) arbitrates = isGranted(ARBITER);
      return arbitrates;
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  /// Lets others decide.
  public synchronized void release() {
    try {
      if (arbitrates) execute("select pg_advisory_unlock(" + SPACE + ", " + ARBITER + ")");
      arbitrates = false;
    } catch (SQLException outage) {
      throw new Outage(outage);
    }
  }

  public synchronized boolean arbitrates() {
    return arbitrates;
  }

  /// The nodes that are here, by address. Blocks.
  public List<Member> live() {
    return Work.run(database.source(), connection -> live(connection, false));
  }

  /// @param joined whether only those that are in the cluster
  private static List<Member> live(Connection connection, boolean joined) throws SQLException {
    try (var statement = connection.prepareStatement(LIVE)) {
      statement.setBoolean(1, joined);
      return members(statement);
    }
  }

  private static List<Member> members(PreparedStatement live) throws SQLException {
    try (var row = live.executeQuery()) {
      var members = new ArrayList<Member>();
      while (row.next()) {
        members.add(
            new Member(
                row.getString("address"),
                row.getString("http"),
                row.getString("version"),
                row.getInt("format"),
                row.getString("secrets"),
                ClaimRows.time(row, "since").orElseThrow()));
      }
      return members;
    }
  }

  /// Gives up its place. Blocks for a second at most.
  @Override
  public synchronized void close() {
    closed = true;
    if (session == null) return;
    try (var ending = session) {
      ending.setNetworkTimeout(Runnable::run, GOODBYE_MAX_MS);
      // The session itself ends in its own time.
      execute("select pg_advisory_unlock_all()");
    } catch (SQLException gone) {
      // So is its place.
    }
  }
}
