package baton.runtime;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.port.Claims;
import baton.handoff.port.Tool;
import baton.runtime.observe.LogLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uses permits up: claims, calls the tool with the idempotency key, and reports what came of it.
///
/// A sentence on a chat channel is delivered by the event that reports it, so its outcome is known
/// once it is claimed. Everything else is a tool's.
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration OUTAGE = Duration.ofMillis(300);
  private static final Duration LOOK_UP_FIRST = Duration.ofSeconds(1);
  private static final Duration LOOK_UP_MAX = Duration.ofMinutes(1);

  private final Claiming batcher;
  private final Claims claims;
  private final Tool tools;
  private final Function<Action, String> payload;
  private final Executor blocking;
  private final Duration toolTimeout;
  private final Later later;

  /// Does something after a while.
  @FunctionalInterface
  public interface Later {
    void run(Duration wait, Runnable work);

    /// By the machine's clock.
    static Later on(Executor executor) {
      return (wait, work) ->
          CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
              .execute(work);
    }
  }

  /// @param payload canonical JSON of an action, sealed values as they are
  /// @param blocking where tools and look-ups may block
  public Dispatcher(
      Claiming batcher,
      Claims claims,
      Tool tools,
      Function<Action, String> payload,
      Executor blocking,
      Duration toolTimeout,
      Later later) {
    this.batcher = batcher;
    this.claims = claims;
    this.tools = tools;
    this.payload = payload;
    this.blocking = blocking;
    this.toolTimeout = toolTimeout;
    this.later = later;
  }

  /// One effect of one conversation.
  ///
  /// @param report takes the [Command.Settle] or [Command.Unclaimed]; on any thread
  public record Work(
      ConversationId id,
      String campaign,
      String subject,
      Permit permit,
      Action action,
      Map<String, Fact> facts,
      Consumer<Command> report) {
    private Tool.Effect effect(Instant at) {
      return new Tool.Effect(id, campaign, subject, permit, action, facts, at);
    }

    private void settle(long claim, Instant claimedAt, Outcome outcome) {
      report.accept(new Command.Settle(permit.id(), claim, permit.digest(), claimedAt, outcome));
    }
  }

  /// Claims, then acts. An outage is an effect still owed: it is tried again until the database has
  /// answered, and the permit's expiry is the database's to judge.
  public void perform(Work work) {
    var request =
        new Claims.Request(
            work.id(),
            work.campaign(),
            work.subject(),
            work.permit(),
            payload.apply(work.action()));
    batcher
        .claim(request)
        .whenComplete((answer, outage) -> {
          if (outage != null) later(OUTAGE, () -> perform(work));
          else answered(work, answer);
        });
  }

  private void answered(Work work, Claims.Answer answer) {
    switch (answer) {
      case Claims.Answer.Granted(var n, var at) -> act(work, n, at);
      case Claims.Answer.Already(var claim) -> blocking.execute(() -> conclude(work, claim));
      case Claims.Answer.Refused(var reason) ->
          work.report().accept(new Command.Unclaimed(work.permit().id(), reason));
    }
  }

  private void act(Work work, long n, Instant at) {
    switch (work.action()) {
      case Action.Spoken _ -> work.settle(n, at, Outcome.confirmed());
      case Action.Outside _ -> {
        var answer = new CompletableFuture<Outcome>();
        blocking.execute(() -> answer.complete(called(work, at)));
        later(toolTimeout, () -> answer.complete(new Outcome.Unknown("time-out")));
        answer.thenAccept(outcome -> report(work, n, at, outcome));
      }
      case Action.Inside _ -> throw new IllegalStateException("an inside action has no permit");
    }
  }

  private Outcome called(Work work, Instant at) {
    try {
      return tools.call(work.effect(at));
    } catch (RuntimeException failure) {
      try (var _ = LogLayout.about(work.id())) {
        LOG.warn("{} did not answer: {}", work.permit().kind(), failure.getClass().getName());
      }
      return new Outcome.Unknown("error");
    }
  }

  /// Finds out what became of a permit that may not be claimed any more, or not yet again.
  public void conclude(Work work) {
    blocking.execute(() -> {
      try {
        var found = claims.conclude(work.id(), work.permit().id());
        if (found.isPresent()) {
          conclude(work, found.get());
        } else {
          var never = Claims.Reason.INTERRUPTED;
          work.report().accept(new Command.Unclaimed(work.permit().id(), never));
        }
      } catch (RuntimeException outage) {
        later(OUTAGE, () -> conclude(work));
      }
    });
  }

  private void conclude(Work work, Claims.Claim claim) {
    try {
      var outcome = claim.outcome().orElseGet(() -> lookedUp(work, claim));
      report(work, claim.n(), claim.at(), outcome);
    } catch (RuntimeException outage) {
      later(OUTAGE, () -> conclude(work, claim));
    }
  }

  /// After `never-done` the same proposal is decided again, and its next permit has the same key:
  /// the claim gives the key free before that, so this one outcome is in the claims table first.
  private void report(Work work, long n, Instant at, Outcome outcome) {
    boolean neverDone = outcome.equals(new Outcome.Failed(Outcome.Failed.NEVER_DONE));
    if (!neverDone) {
      work.settle(n, at, outcome);
      return;
    }
    batcher
        .settle(new Claims.Settlement(work.id().tenant(), n, outcome))
        .whenComplete((_, outage) -> {
          if (outage == null) work.settle(n, at, outcome);
          else later(OUTAGE, () -> report(work, n, at, outcome));
        });
  }

  private Outcome lookedUp(Work work, Claims.Claim claim) {
    return switch (work.action()) {
      case Action.Spoken _ -> Outcome.confirmed();
      case Action.Outside _ -> tools.lookUp(work.effect(claim.at()));
      case Action.Inside _ -> throw new IllegalStateException("an inside action has no permit");
    };
  }

  /// Looks an unknown outcome up until somebody knows it.
  public void lookUp(Work work) {
    lookUp(work, LOOK_UP_FIRST);
  }

  private void lookUp(Work work, Duration wait) {
    later(
        wait,
        () -> {
          var next = wait.multipliedBy(2);
          var longer = next.compareTo(LOOK_UP_MAX) > 0 ? LOOK_UP_MAX : next;
          try {
            var claim = claimOf(work);
            var outcome =
                claim
                    .map(found -> attested(found).orElseGet(() -> lookedUp(work, found)))
                    .orElse(new Outcome.Unknown("no claim"));
            if (claim.isEmpty() || outcome instanceof Outcome.Unknown) lookUp(work, longer);
            else work.settle(claim.get().n(), claim.get().at(), outcome);
          } catch (RuntimeException outage) {
            lookUp(work, longer);
          }
        });
  }

  /// An outcome that a person has found out in the meantime.
  private static Optional<Outcome> attested(Claims.Claim claim) {
    return claim.outcome().filter(outcome -> !(outcome instanceof Outcome.Unknown));
  }

  /// The permit's own claim, or one that was made under an earlier permit of the same proposal.
  private Optional<Claims.Claim> claimOf(Work work) {
    return claims
        .find(work.id().tenant(), work.permit().id())
        .or(() ->
            claims.open(work.id()).stream()
                .filter(claim -> claim.key().equals(work.permit().key()))
                .findFirst());
  }

  /// The outcome is in the journal: now the claim may show it.
  public void settled(ConversationId id, long claim, Outcome outcome) {
    batcher
        .settle(new Claims.Settlement(id.tenant(), claim, outcome))
        .exceptionally(outage -> {
          later(OUTAGE, () -> settled(id, claim, outcome));
          return null;
        });
  }

  /// After a restart: claims whose outcome reached the journal but not the claims table. That
  /// nobody knows an outcome is one too: a person is asked only for what the table shows as such.
  ///
  /// @param unanswered permits of which the journal has no outcome yet
  /// @param settled reads the journal's outcomes by claim; called only where there is such a claim
  void reconcile(
      ConversationId id,
      Collection<String> unanswered,
      Supplier<Map<Long, Event.Settled>> settled) {
    blocking.execute(() -> {
      try {
        var open =
            claims.open(id).stream().filter(claim -> !unanswered.contains(claim.permit())).toList();
        if (open.isEmpty()) return;
        var outcomes = settled.get();
        for (var claim : open) {
          var known = Optional.ofNullable(outcomes.get(claim.n())).map(Event.Settled::outcome);
          if (known.isPresent() && !known.equals(claim.outcome())) {
            settled(id, claim.n(), known.get());
          }
        }
      } catch (RuntimeException outage) {
        later(OUTAGE, () -> reconcile(id, unanswered, settled));
      }
    });
  }

  private void later(Duration wait, Runnable work) {
    later.run(wait, work);
  }
}
