package baton.runtime.export;

import baton.handoff.ConversationId;
import baton.handoff.fact.Sealed;
import baton.handoff.policy.Policy;
import baton.persistence.db.PgConversations;
import baton.persistence.db.PgJournal;
import baton.persistence.db.PgPolicies;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.vault.MasterKey;
import baton.persistence.vault.TinkVault;
import baton.runtime.view.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/// One tenant's conversations, read from the tables.
public final class Archive {
  private static final int ROWS = 1_000;
  private static final int DIGITS = 12;

  private final DataSource source;
  private final String tenant;
  private final PgJournal journal;
  private final Map<String, Map<String, Policy.Line>> lines = new HashMap<>();

  public Archive(DataSource source, String tenant) {
    this.source = source;
    this.tenant = tenant;
    this.journal = new PgJournal(source);
  }

  /// Those in which something happened at a moment or after it, by id.
  public List<ConversationId> since(Instant moment) {
    return new PgConversations(source).since(tenant, moment);
  }

  /// @return empty where there is no such conversation
  /// @throws baton.persistence.codec.Unreadable where a row is damaged
  public Optional<Exported> read(ConversationId id, Sight sight) {
    var rows = new ArrayList<PgJournal.Row>();
    List<PgJournal.Row> more;
    do {
      more = journal.rows(id, rows.size(), ROWS);
      rows.addAll(more);
    } while (more.size() == ROWS);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Exported(id, rows, sight));
  }

  /// Sealed texts as the first digits of their digests.
  public Sight sealed() {
    return sight(sealed -> Optional.of("sealed " + start(sealed.digest())));
  }

  /// Sealed texts in the clear, as far as their keys are there.
  public Sight opened(MasterKey key) {
    var vault = new TinkVault(source, key);
    return sight(sealed -> vault.open(tenant, sealed));
  }

  private Sight sight(Function<Sealed, Optional<String>> open) {
    return new Sight(Sight.Reader.OPERATOR, open, this::line);
  }

  private Optional<String> line(String policy, String name) {
    var known = lines.computeIfAbsent(policy, this::lines);
    return Optional.ofNullable(known.get(name)).map(Policy.Line::text);
  }

  private Map<String, Policy.Line> lines(String hash) {
    var json = PgPolicies.stored(source, tenant, hash);
    return json.isPresent()
            && PolicyCompiler.fromJson(json.get()) instanceof Compilation.Compiled(var document)
        ? document.policy().lines()
        : Map.of();
  }

  private static String start(String digest) {
    return digest.substring(0, Math.min(DIGITS, digest.length()));
  }
}
