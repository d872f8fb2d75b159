package baton.runtime.tools;

import baton.persistence.codec.JournalCodec;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A tenant on a real database.
final class PgBench extends Bench {
  /// At least as many as the threads of the widest race.
  private static final int CONNECTIONS = 34;

  static final DataSource DATABASE = start();
  static final Effects EFFECTS = effects(DATABASE);

  private static final String ISO = "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'";

  PgBench(String tenant) {
    super(
        tenant,
        new Calendar(EFFECTS),
        new PriceBook(EFFECTS),
        new OrderBook(EFFECTS),
        new Crm(EFFECTS, JournalCodec::toJson, JournalCodec::value),
        new HumanQueue(EFFECTS, InstantSource.fixed(MONDAY), HumanQueue.PRESENCE));
  }

  /// With the seeds of tenant `default`.
  static PgBench seeded(String tenant) {
    var bench = new PgBench(tenant);
    bench.run(
        "insert into seller (tenant, name, zone, hours)"
            + " select ?, name, zone, hours from seller where tenant = 'default'");
    bench.run(
        "insert into price_book select ?, product, currency, minor from price_book"
            + " where tenant = 'default'");
    return bench;
  }

  static Effects effects(DataSource database) {
    return new Effects(database, JournalCodec::toJson, JournalCodec::outcome);
  }

  @Override
  PriceBook prices(Optional<PriceList> list, String wanted) {
    return new PriceBook(EFFECTS, list, wanting(wanted));
  }

  @Override
  long effects() {
    return number("select count(*) from tool_effect where tenant = ?");
  }

  @Override
  List<String> priceRows() {
    return query(
        "select product || ' ' || currency || ' ' || minor from price_book"
            + " where tenant = ? order by minor");
  }

  @Override
  List<String> bookingRows() {
    return sorted(
        query(
            """
            select concat_ws(' ', seller, to_char(lower(during) at time zone 'UTC', %s),
              to_char(upper(during) at time zone 'UTC', %s), state, version)
            from booking where tenant = ?\
            """
                .formatted(ISO, ISO)));
  }

  @Override
  List<String> quoteRows() {
    return sorted(
        query(
            "select percent || '/' || total || '/' || version || '/' || state from quote"
                + " where tenant = ?"));
  }

  @Override
  List<String> orderRows() {
    return sorted(
        query(
            "select concat_ws(' ', id, quote, currency, total) from sales_order"
                + " where tenant = ?"));
  }

  @Override
  List<String> contactIds() {
    return query("select id from crm_contact where tenant = ? order by subject");
  }

  @Override
  List<String> fieldRows() {
    return query(
        """
        select coalesce(value ->> 'text', value ->> 'number',
            concat_ws(' ', value -> 'sealed' ->> 'subject', value -> 'sealed' ->> 'purpose',
              value -> 'sealed' ->> 'digest', value -> 'sealed' ->> 'ciphertext'))
          || ' by ' || role || ' in ' || conversation || ' under ' || key
          || ', ' || source || ' ' || coalesce(evidence::text, '-')
          || ' at ' || to_char(at at time zone 'UTC', %s)
        from crm_field where tenant = ? order by n\
        """
            .formatted(ISO));
  }

  @Override
  List<String> queueRows() {
    return sorted(
        query(
            "select conversation || ' ' || state || ' ' || coalesce(operator, '-')"
                + " from human_queue where tenant = ?"));
  }

  @Override
  Ledger<Appointments> appointments() {
    return EFFECTS.on(PgAppointments::new);
  }

  @Override
  Ledger<Letters> letters() {
    return EFFECTS.letters();
  }

  @Override
  Ledger<Contacts> ledger() {
    return EFFECTS.on(sql ->
        new PgContacts(sql, new PgContacts.Values(JournalCodec::toJson, JournalCodec::value)));
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

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
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
      var pool = new HikariConfig();
      pool.setDataSource(database);
      pool.setMaximumPoolSize(CONNECTIONS);
      return new HikariDataSource(pool);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
