package baton.runtime.outreach;

import baton.handoff.fact.Sealed;
import baton.persistence.codec.JournalCodec;
import baton.persistence.vault.MasterKey;
import baton.persistence.vault.Personal;
import baton.persistence.vault.TinkVault;
import baton.runtime.mail.Mail;
import baton.runtime.tools.Effects;
import baton.runtime.tools.Post;
import baton.runtime.tools.Sql;
import baton.runtime.tools.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/// Leads of a tenant of its own in a real PostgreSQL, with a clock that stands until it is moved.
final class Office {
  static final String CAMPAIGN = "outbound-appointments";

  /// A Monday, 8:00 in New York.
  static final Instant MONDAY = Instant.parse("2027-06-07T12:00:00Z");

  private static final AtomicInteger TENANTS = new AtomicInteger();
  static final DataSource DATABASE = TestDatabase.source();

  final String tenant = "office" + TENANTS.incrementAndGet();
  final AtomicReference<Instant> time = new AtomicReference<>(MONDAY);
  final InstantSource clock = time::get;
  final TinkVault vault = new TinkVault(DATABASE, MasterKey.of(new byte[32]));
  final Sealing sealing = sealing(vault);
  final Leads leads = new Leads(new Statements(DATABASE));
  final Queue queue = new Queue(new Statements(DATABASE));
  final Outreach outreach = new Outreach(DATABASE, sealing, vault, clock, Optional::empty);

  static Sealing sealing(TinkVault vault) {
    return new Sealing() {
      @Override
      public List<String> subjects(String tenant, List<String> buyers) {
        return vault.subjects(tenant, buyers);
      }

      @Override
      public List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts) {
        return vault.seal(tenant, purpose, texts);
      }
    };
  }

  Post post(Mail mail) {
    return new Post(new Effects(DATABASE, JournalCodec::toJson, JournalCodec::outcome), mail);
  }

  void pass(Duration duration) {
    time.updateAndGet(now -> now.plus(duration));
  }

  Report add(String csv) {
    return add(CAMPAIGN, csv);
  }

  Report add(String campaign, String csv) {
    return add(campaign, csv.getBytes(StandardCharsets.UTF_8));
  }

  Report add(String campaign, byte[] csv) {
    return read(campaign, new ByteArrayInputStream(csv));
  }

  Report read(String campaign, InputStream csv) {
    return new LeadImport(leads, sealing, clock, tenant, campaign, UUID.randomUUID()).of(csv);
  }

  List<Outreach.LeadView> all(String campaign) {
    return outreach.leads(tenant, campaign, 0, Optional.empty());
  }

  /// `line result column: wrong` for each row that was not added.
  static List<String> told(Report report) {
    return report.rows().stream()
        .map(row -> row.line() + " " + row.result() + " " + row.column() + ": " + row.wrong())
        .toList();
  }

  int run(String statement, Object... values) {
    try (var connection = DATABASE.getConnection()) {
      return new Sql(connection).update(statement, values);
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  void optOut(String buyer) {
    run(
        """
        insert into standing (tenant, subject, opted_out) values (?, ?, true)
        on conflict (tenant, subject) do update set opted_out = true\
        """,
        tenant,
        vault.subject(tenant, buyer));
  }

  /// All that the tables hold of the tenant's leads, as text.
  String stored() {
    try (var connection = DATABASE.getConnection()) {
      return String.join(
          "\n",
          new Sql(connection)
              .rows(
                  "select lead::text from lead where tenant = ?", row -> row.getString(1), tenant));
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
