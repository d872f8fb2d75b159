package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.handoff.port.Tool.Effect;
import baton.persistence.codec.JournalCodec;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// One tenant of its own on a real database, with the seeds of tenant `default` and all tools.
final class Bench {
  /// A Monday, 8:00 in New York.
  static final Instant MONDAY = Instant.parse("2027-06-07T12:00:00Z");

  static final DataSource DATABASE = start();
  static final Effects EFFECTS = effects(DATABASE);

  private static final AtomicLong TENANTS = new AtomicLong();

  final String tenant;
  final Calendar calendar = new Calendar(EFFECTS);
  final PriceBook prices = new PriceBook(EFFECTS);
  final OrderBook orders = new OrderBook(EFFECTS);
  final Crm crm = new Crm(EFFECTS, JournalCodec::toJson);
  final HumanQueue humans = new HumanQueue(EFFECTS);

  private Bench(String tenant) {
    this.tenant = tenant;
  }

  static Effects effects(DataSource database) {
    return new Effects(database, JournalCodec::toJson, JournalCodec::outcome);
  }

  /// Nothing set up.
  static Bench empty() {
    return new Bench("t" + TENANTS.incrementAndGet());
  }

  static Bench seeded() {
    var bench = empty();
    bench.run(
        "insert into seller select ?, name, zone, opens, closes, days from seller"
            + " where tenant = 'default'");
    bench.run(
        "insert into price_book select ?, product, currency, minor from price_book"
            + " where tenant = 'default'");
    return bench;
  }

  Effect effect(String key, Action action) {
    return effect("c1", key, action, MONDAY);
  }

  Effect effect(String conversation, String key, Action action, Instant at) {
    return new Effect(
        new ConversationId(tenant, conversation),
        "inbound-trial",
        "subject-1",
        Role.BOOKING,
        key,
        action,
        Map.of("company", fact(Value.of("Acme"), Fact.Source.BUYER, 7)),
        at);
  }

  static Fact fact(Value value, Fact.Source source, long evidence) {
    return new Fact(value, source, evidence, 90, MONDAY, MONDAY.plusSeconds(3600));
  }

  Map<String, Value> confirmed(Tool tool, String key, Action action) {
    return facts(tool.call(effect(key, action)));
  }

  static Map<String, Value> facts(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed(var facts)) return facts;
    throw new AssertionError("not confirmed: " + outcome);
  }

  static String text(Map<String, Value> facts, String name) {
    return facts.get(name).shown();
  }

  /// A statement whose only parameter is the tenant.
  int run(String statement) {
    try (var connection = DATABASE.getConnection();
        var run = connection.prepareStatement(statement)) {
      run.setString(1, tenant);
      return run.executeUpdate();
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// The first column, as text, of a query whose only parameter is the tenant.
  List<String> query(String query) {
    return column(query, tenant);
  }

  long number(String query) {
    return Long.parseLong(query(query).getFirst());
  }

  static List<String> column(String query, String parameter) {
    try (var connection = DATABASE.getConnection();
        var select = connection.prepareStatement(query)) {
      select.setString(1, parameter);
      var column = new ArrayList<String>();
      try (var row = select.executeQuery()) {
        while (row.next()) column.add(row.getString(1));
      }
      return column;
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// Runs all of them, each on its own thread, let go at the same moment.
  static <T> List<T> race(List<Callable<T>> runners) {
    var line = new CyclicBarrier(runners.size());
    try (var threads = Executors.newFixedThreadPool(runners.size())) {
      var running = new ArrayList<Future<T>>();
      for (var runner : runners) {
        running.add(
            threads.submit(() -> {
              line.await();
              return runner.call();
            }));
      }
      var results = new ArrayList<T>();
      for (var result : running) results.add(result.get());
      return results;
    } catch (InterruptedException | ExecutionException broken) {
      throw new AssertionError(broken);
    }
  }

  /// Waits for the others, 10 seconds at most.
  static void await(CyclicBarrier others) {
    try {
      others.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// A database where nobody listens.
  static DataSource unreachable() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    return nowhere;
  }

  /// The database behind a network that breaks after each commit, before the answer is back.
  static DataSource losingAnswers() {
    return proxy(
        DataSource.class,
        (_, call, arguments) -> {
          var connection = (Connection) call.invoke(DATABASE, arguments);
          return proxy(
              Connection.class,
              (_, inner, values) -> {
                var result = inner.invoke(connection, values);
                if (inner.getName().equals("commit")) throw new SQLException("broken", "08006");
                return result;
              });
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static DataSource start() {
    try {
      var folder = new File("target/tools-postgres").getAbsoluteFile();
      var server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(new File(folder, "server"))
              .setDataDirectory(new File(folder, "data"))
              .setCleanDataDirectory(true)
              .start();
      var database = server.getPostgresDatabase();
      Flyway.configure()
          .dataSource(database)
          .locations("classpath:db/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
      return database;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
