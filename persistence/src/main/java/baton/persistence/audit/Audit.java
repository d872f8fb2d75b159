package baton.persistence.audit;

import baton.handoff.ConversationId;
import baton.persistence.audit.Replay.OfThatTime;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Unreadable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/// Reads every journal and the claims from one snapshot of the database, beside an engine that may
/// be running, and says whether everything is as it was written and follows from what came in.
///
/// It finds rows that were altered, removed, doubled or exchanged; decisions that the kernel, given
/// the recorded command, circumstances and policy, decides otherwise; policies that are not what
/// their hash says; claims without a permit, and outcomes without a claim. What was rewritten in
/// all these places at once, or cut off at the end, is found by [Checkpoints].
public final class Audit {
  private static final int WAITING_MAX = 64;

  private final DataSource source;
  private final Checkpoints checkpoints;
  private final LongConsumer progress;
  private final Tally tally = new Tally();

  /// @param checkpoints to hold the journals against
  /// @param progress takes the number of events that are done, now and then, on one thread
  public Audit(DataSource source, Checkpoints checkpoints, LongConsumer progress) {
    this.source = source;
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /// @throws SQLException where the database cannot be read: there is nothing to say of it then
  public AuditReport run() throws SQLException {
    int cores = Runtime.getRuntime().availableProcessors();
    var workers =
        new ThreadPoolExecutor(
            cores,
            cores,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("audit-", 0).factory(),
            // Whoever reads waits by working.
            new ThreadPoolExecutor.CallerRunsPolicy());
    try (var snapshot = JournalSnapshot.of(source)) {
      var policies = new PoliciesOfThatTime(snapshot);
      var keys = snapshot.keys();
      var seen = new HashSet<String>();
      snapshot.journals(journal -> {
        seen.add(journal.id());
        workers.execute(() -> tally.add(judge(journal, policies, keys)));
        progress.accept(tally.events());
      });
      workers.shutdown();
      while (!workers.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        progress.accept(tally.events());
      }
      progress.accept(tally.events());
      tally.differ(orphans(snapshot, seen));
      tally.differ(checkpoints.missing(seen));
      tally.differ(checkpoints.wrong());
      return tally.report(checkpoints.count());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    } finally {
      workers.shutdownNow();
    }
  }

  /// Claims of conversations that have no journal at all.
  private static List<Difference> orphans(JournalSnapshot snapshot, Set<String> seen)
      throws SQLException {
    return snapshot.claimed().stream()
        .filter(key -> !seen.contains(StoredRow.CONVERSATION + key))
        .map(key ->
            new Difference("conversation " + key, 0, 0, "it has claims, and its journal is gone"))
        .toList();
  }

  /// What came of one journal.
  private record Judged(
      boolean conversation,
      long rows,
      long events,
      long claims,
      long textsGone,
      Optional<Difference> difference) {}

  private Judged judge(
      JournalSnapshot.Journal journal, PoliciesOfThatTime policies, LiveKeys keys) {
    try {
      return journal.isOfConversation()
          ? ofConversation(journal, policies, keys)
          : ofAgent(journal);
    } catch (RuntimeException mistake) {
      // A row that makes the judge itself fail is not as it was written.
      var what = "it cannot be judged: " + mistake.getClass().getSimpleName();
      var difference = new Difference(Difference.shown(journal.id()), 0, 0, what);
      return new Judged(
          journal.isOfConversation(), journal.rows().size(), 0, 0, 0, Optional.of(difference));
    }
  }

  private Judged ofConversation(
      JournalSnapshot.Journal journal, PoliciesOfThatTime policies, LiveKeys keys) {
    var id = ConversationId.parse(journal.key());
    var replay = new Replay(id, policies.of(id.tenant()));
    long gone = 0;
    Optional<Difference> wrong = Optional.empty();
    for (var row : journal.rows()) {
      wrong = replay.next(row).or(() -> checkpoints.differs(row, replay.chain().head()));
      if (wrong.isPresent()) break;
      gone += keys.gone(id.tenant(), row.bytes());
    }
    if (wrong.isEmpty()) wrong = replay.outcomes().join(journal.claims());
    if (wrong.isEmpty()) wrong = checkpoints.cutOff(journal.id(), replay.chain().row());
    return new Judged(
        true, journal.rows().size(), replay.events(), journal.claims().size(), gone, wrong);
  }

  private Judged ofAgent(JournalSnapshot.Journal journal) {
    var chain = new ChainCheck();
    for (var row : journal.rows()) {
      var wrong =
          chain.next(row).or(() -> readable(row)).or(() -> checkpoints.differs(row, chain.head()));
      if (wrong.isPresent()) return new Judged(false, journal.rows().size(), 0, 0, 0, wrong);
    }
    var cut = checkpoints.cutOff(journal.id(), chain.row());
    return new Judged(false, journal.rows().size(), 0, 0, 0, cut);
  }

  private static Optional<Difference> readable(StoredRow row) {
    try {
      AgentLink.read(row.bytes());
      return Optional.empty();
    } catch (Unreadable damage) {
      return Optional.of(Difference.atRow(row, damage.getMessage()));
    }
  }

  /// The sums, from many threads.
  private static final class Tally {
    private final List<Difference> differences = new ArrayList<>();
    private long conversations;
    private long journals;
    private long rows;
    private long events;
    private long claims;
    private long textsGone;

    synchronized void add(Judged judged) {
      journals++;
      if (judged.conversation) conversations++;
      rows += judged.rows;
      events += judged.events;
      claims += judged.claims;
      textsGone += judged.textsGone;
      judged.difference.ifPresent(differences::add);
    }

    synchronized void differ(List<Difference> more) {
      differences.addAll(more);
    }

    synchronized long events() {
      return events;
    }

    synchronized AuditReport report(int checkpoints) {
      var sorted =
          differences.stream()
              .sorted(
                  Comparator.comparing(Difference::journal)
                      .thenComparing(Difference::row)
                      .thenComparing(Difference::what))
              .toList();
      int shown = Math.min(sorted.size(), AuditReport.DIFFERENCES_MAX);
      return new AuditReport(
          conversations,
          journals,
          rows,
          events,
          claims,
          textsGone,
          checkpoints,
          sorted.subList(0, shown),
          sorted.size() - shown);
    }
  }

  /// Each policy is compiled once, and is what its hash says or is not taken.
  private static final class PoliciesOfThatTime {
    private final Map<String, Map<String, OfThatTime>> byTenant;

    PoliciesOfThatTime(JournalSnapshot snapshot) throws SQLException {
      byTenant = snapshot.policies();
    }

    Function<String, OfThatTime> of(String tenant) {
      var policies = byTenant.getOrDefault(tenant, Map.of());
      return hash -> policies.getOrDefault(hash, new OfThatTime.Missing("is not there"));
    }
  }
}
