package baton.runtime.outreach;

import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.State;
import baton.handoff.policy.Policy;
import baton.handoff.port.Controls;
import baton.handoff.port.Policies;
import baton.handoff.port.Standings;
import baton.handoff.port.Vault;
import baton.runtime.Engine;
import baton.runtime.outreach.Queue.Turn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the conversations of running campaigns, one lead after the other, on all nodes together.
///
/// It decides when a lead's turn comes and nothing about what may be said or sent: that is decided
/// in the conversation, at its own moment, by the gate and the claim. What it knows is in tables,
/// so it may be stopped anywhere and started anywhere. At most one conversation a campaign and
/// tick.
public final class Planner {
  /// How many leads are looked at in one tick of one campaign.
  static final int LOOKED_AT_MAX = 200;

  /// Leads whose progress is read in one tick.
  static final int FOLLOWED_MAX = 100;

  /// How long an opening may go unanswered until it is sent again: it is the same conversation.
  static final Duration AGAIN = Duration.ofSeconds(15);

  private static final int AGAIN_MAX = 20;
  private static final int ENTRIES = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

  private final Queue queue;
  private final Engine engine;
  private final Policies policies;
  private final Controls controls;
  private final Standings standings;
  private final Vault vault;
  private final InstantSource clock;
  private final Duration engineTimeout;

  Planner(
      Queue queue,
      Engine engine,
      Policies policies,
      Controls controls,
      Standings standings,
      Vault vault,
      InstantSource clock,
      Duration engineTimeout) {
    this.queue = queue;
    this.engine = engine;
    this.policies = policies;
    this.controls = controls;
    this.standings = standings;
    this.vault = vault;
    this.clock = clock;
    this.engineTimeout = engineTimeout;
  }

  /// Does what is due now. Blocks; an outage is an exception, and the next tick goes on.
  public void tick() throws InterruptedException {
    for (var run : queue.running()) plan(run);
    for (var lead : queue.opening(clock.instant().minus(AGAIN), AGAIN_MAX)) again(lead);
    follow();
  }

  private void plan(Queue.Run run) throws InterruptedException {
    var now = clock.instant();
    var active = policies.active(run.tenant(), run.campaign());
    if (active.isEmpty() || active.get().policy().outreach().isEmpty()) return;
    var policy = active.get().policy();
    var before = now.minus(policy.outreach().get().pace());
    if (run.openedAt().filter(at -> at.isAfter(before)).isPresent()) return;
    if (isPaused(run.tenant(), policy)) return;
    var hours = new CallingHours(policy);
    var zones =
        queue.waitingZones(run.tenant(), run.campaign()).stream()
            .filter(zone -> hours.areOpen(zone, now))
            .toList();
    if (zones.isEmpty()) return;
    var lead =
        queue.take(
            run.tenant(),
            run.campaign(),
            zones,
            now,
            before,
            LOOKED_AT_MAX,
            waiting -> turn(policy, waiting));
    if (lead.isPresent()) open(lead.get(), policy);
  }

  /// A claim would be refused as well: this only keeps leads waiting instead of conversations.
  private boolean isPaused(String tenant, Policy policy) {
    return !pauses(controls, tenant, policy).isEmpty();
  }

  /// What keeps a campaign from writing to anybody new.
  public static List<Controls.Row> pauses(Controls controls, String tenant, Policy policy) {
    return controls.all(tenant).stream()
        .filter(row -> row.mode() == Controls.Mode.PAUSED)
        .filter(row ->
            switch (row.scope().level()) {
              case ENGINE, TENANT -> true;
              case CAMPAIGN -> row.scope().name().equals(policy.campaign());
              case ROLE -> row.scope().name().equals(policy.start().name());
              case CONVERSATION -> false;
            })
        .toList();
  }

  private Turn turn(Policy policy, Lead lead) {
    var standing = standings.of(lead.tenant(), lead.subject());
    if (standing.optedOut() || standings.of(lead.tenant(), lead.address()).optedOut()) {
      return new Turn.Skip(Lead.State.OPTED_OUT, "before-contact");
    }
    long most =
        policy.fairness().getOrDefault("initiate-contact", List.of()).stream()
            .filter(rule -> rule.measure().equals("attempts"))
            .mapToLong(Policy.Fairness::atMost)
            .min()
            .orElse(Long.MAX_VALUE);
    return standing.attempts() >= most
        ? new Turn.Skip(Lead.State.REFUSED, "capped")
        : new Turn.Open();
  }

  /// Nobody knows what became of an earlier attempt to open it. A campaign that was stopped or
  /// paused meanwhile opens nothing.
  private void again(Lead lead) throws InterruptedException {
    var run = queue.run(lead.tenant(), lead.campaign());
    var active = policies.active(lead.tenant(), lead.campaign());
    if (run.isEmpty() || !run.get().running() || active.isEmpty()) return;
    var policy = active.get().policy();
    if (policy.outreach().isEmpty() || isPaused(lead.tenant(), policy)) return;
    open(lead, policy);
  }

  private void open(Lead lead, Policy policy) throws InterruptedException {
    var now = clock.instant();
    var person = vault.open(lead.tenant(), lead.person()).map(Person::read);
    if (person.isEmpty()) {
      queue.move(lead, Lead.State.REFUSED, "erased", now);
      return;
    }
    var command = opening(lead, person.get(), policy.outreach().orElseThrow().channel());
    try {
      var reply =
          engine
              .send(lead.conversation(), command)
              .toCompletableFuture()
              .get(engineTimeout.toMillis(), TimeUnit.MILLISECONDS);
      switch (reply) {
        case Engine.Reply.Done _, Engine.Reply.Unchanged _ ->
            queue.move(lead, Lead.State.OPENED, "", now);
        case Engine.Reply.Rejected _ -> queue.move(lead, Lead.State.REFUSED, "not-opened", now);
        case Engine.Reply.Busy _ -> {} // it is tried again
      }
    } catch (ExecutionException | TimeoutException unknown) {
      LOG.warn("nobody knows whether {} was opened: it is tried again", lead.conversation().id());
    }
  }

  private Command.Open opening(Lead lead, Person person, String channel) {
    String tenant = lead.tenant();
    String subject = lead.subject();
    String all = String.join("\n", channel, person.json(), lead.zone(), lead.region());
    return new Command.Open(
        lead.campaign(),
        channel,
        new Command.Buyer(
            subject,
            vault.seal(tenant, subject, Leads.IDENTITY, all).digest(),
            vault.seal(tenant, subject, Leads.IDENTITY, person.id()),
            person.phone().map(text -> vault.seal(tenant, subject, Leads.IDENTITY, text)),
            Optional.of(vault.seal(tenant, subject, Leads.IDENTITY, person.email())),
            lead.zone(),
            lead.region(),
            lead.segment()));
  }

  /// Reads how far leads have come from the journals of their conversations.
  private void follow() {
    for (var ahead : queue.ahead(FOLLOWED_MAX)) {
      var progress = Progress.of(conversation(ahead.lead().conversation()));
      queue.progressed(ahead, progress, clock.instant());
    }
  }

  private State conversation(ConversationId id) {
    var state = Conversation.blank(id);
    for (long row = 0; ; ) {
      var entries = engine.entries(id, row, ENTRIES);
      for (var entry : entries) {
        state = Conversation.evolve(state, entry.entry());
        row = entry.row();
      }
      if (entries.size() < ENTRIES) return state;
    }
  }
}
