package baton.runtime.outreach;

import baton.handoff.ConversationId;
import baton.handoff.port.Controls;
import baton.handoff.port.Policies;
import baton.handoff.port.Standings;
import baton.handoff.port.Vault;
import baton.runtime.Engine;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.sql.DataSource;

/// The leads of campaigns, as operators work with them. Thread-safe; blocks.
public final class Outreach {
  /// Leads on a page.
  public static final int PAGE = 100;

  private final Leads leads;
  private final Queue queue;
  private final Sealing sealing;
  private final Vault vault;
  private final InstantSource clock;
  private final Supplier<Optional<String>> lacking;
  private final Semaphore importing = new Semaphore(1);

  /// @param sealing seals many at a time, under the same keys as `vault`
  /// @param lacking what this engine needs before it may write to anybody, in words that say what
  ///   to do; empty where it lacks nothing
  public Outreach(
      DataSource database,
      Sealing sealing,
      Vault vault,
      InstantSource clock,
      Supplier<Optional<String>> lacking) {
    var statements = new Statements(database);
    this.leads = new Leads(statements);
    this.queue = new Queue(statements);
    this.sealing = sealing;
    this.vault = vault;
    this.clock = clock;
    this.lacking = lacking;
  }

  /// What this engine needs before it may write to anybody.
  public Optional<String> lacking() {
    return lacking.get();
  }

  /// Who opens the conversations.
  ///
  /// @param engineTimeout how long an opening may take until nobody knows what came of it
  public Planner planner(
      Engine engine,
      Policies policies,
      Controls controls,
      Standings standings,
      Duration engineTimeout) {
    return new Planner(queue, engine, policies, controls, standings, vault, clock, engineTimeout);
  }

  /// Adds the leads in a CSV file.
  ///
  /// @return empty where another file is being read: one at a time
  /// @throws NotRead where the file cannot be read, or not to its end
  public Optional<Report> add(String tenant, String campaign, InputStream csv) {
    if (!importing.tryAcquire()) return Optional.empty();
    try {
      var file = UUID.randomUUID();
      return Optional.of(new LeadImport(leads, sealing, clock, tenant, campaign, file).of(csv));
    } finally {
      importing.release();
    }
  }

  /// How a campaign's outreach goes.
  ///
  /// @param since when it was started or stopped, null where it never was
  /// @param leads how many, by state, all states
  /// @param refused how many were never written to, by reason
  /// @param done how many conversations ended, by reason
  public record Status(
      String campaign,
      String state,
      String reason,
      String operator,
      Instant since,
      Instant openedAt,
      Map<String, Long> leads,
      Map<String, Long> refused,
      Map<String, Long> done) {}

  /// Starts or stops it. What was opened before goes on.
  public Status set(
      String tenant, String campaign, boolean running, String reason, String operator) {
    queue.set(tenant, campaign, running, reason, operator, clock.instant());
    return status(tenant, campaign);
  }

  public Status status(String tenant, String campaign) {
    var run = queue.run(tenant, campaign);
    var counts = leads.count(tenant, campaign);
    var byState = new LinkedHashMap<String, Long>();
    for (var state : Lead.State.values()) {
      long count = counts.getOrDefault(state, Map.of()).values().stream().mapToLong(n -> n).sum();
      byState.merge(shown(state), count, Long::sum);
    }
    return new Status(
        campaign,
        run.filter(Queue.Run::running).isPresent() ? "running" : "stopped",
        run.map(Queue.Run::reason).orElse(""),
        run.map(Queue.Run::operator).orElse(""),
        run.map(Queue.Run::since).orElse(null),
        run.flatMap(Queue.Run::openedAt).orElse(null),
        byState,
        counts.getOrDefault(Lead.State.REFUSED, Map.of()),
        counts.getOrDefault(Lead.State.DONE, Map.of()));
  }

  /// Whether a lead was taken is not yet known for a moment: nobody outside needs that.
  private static String shown(Lead.State state) {
    return state == Lead.State.OPENING ? Lead.State.OPENED.shown() : state.shown();
  }

  /// A lead for people. Personal fields are null where the data was erased.
  ///
  /// @param consent what the file says of a consent given elsewhere
  public record LeadView(
      long n,
      String email,
      String name,
      String phone,
      String timeZone,
      String region,
      String segment,
      ConsentView consent,
      String state,
      String reason,
      Instant changedAt,
      int invitations,
      String conversation) {}

  /// Provenance, and no permission.
  public record ConsentView(String date, String source) {}

  /// States as they are shown, in order.
  public static List<String> states() {
    return List.of(Lead.State.values()).stream().map(Outreach::shown).distinct().toList();
  }

  /// @param after `n` of the last lead that was seen
  /// @param state one of [#states]
  public List<LeadView> leads(String tenant, String campaign, long after, Optional<String> state) {
    return leads.page(tenant, campaign, after, state.map(Lead.State::of), PAGE).stream()
        .map(this::view)
        .toList();
  }

  private LeadView view(Lead lead) {
    var person = vault.open(lead.tenant(), lead.person()).map(Person::read);
    return new LeadView(
        lead.n(),
        person.map(Person::email).orElse(null),
        person.flatMap(Person::name).orElse(null),
        person.flatMap(Person::phone).orElse(null),
        lead.zone(),
        lead.region(),
        lead.segment(),
        person
            .flatMap(Person::consent)
            .map(note -> new ConsentView(note.date().toString(), note.source()))
            .orElse(null),
        shown(lead.state()),
        lead.reason(),
        lead.changedAt(),
        lead.invitations(),
        lead.conversation().id());
  }

  /// Somebody who was written to wants to be left alone, and said so after the conversation's end.
  public void optedOut(ConversationId conversation) {
    leads
        .of(conversation)
        .ifPresent(lead -> queue.move(lead, Lead.State.OPTED_OUT, "said-so", clock.instant()));
  }
}
