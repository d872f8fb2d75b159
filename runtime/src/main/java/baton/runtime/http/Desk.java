package baton.runtime.http;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Decision.Refusal;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.fact.Fact;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.runtime.Engine;
import baton.runtime.view.ConversationView;
import baton.runtime.view.EffectView;
import baton.runtime.view.Pauses;
import baton.runtime.view.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// What several routes do alike: send a command, read a journal, make a view. All of it blocks.
public final class Desk {
  private final Ports ports;
  private final Journals journals;
  private final Duration engineTimeout;

  Desk(Ports ports, Duration engineTimeout) {
    this.ports = ports;
    this.journals = new Journals(ports.engine());
    this.engineTimeout = engineTimeout;
  }

  /// A conversation that was opened, as its journal has it.
  public record Known(ConversationId id, Event.Opened opened, List<Entry> entries) {
    /// What was observed last under a name.
    public Optional<Fact> fact(String name) {
      return fact(name, Instant.MAX);
    }

    /// The same, as far as it was known at a moment.
    Optional<Fact> fact(String name, Instant at) {
      return entries.reversed().stream()
          .flatMap(entry -> entry.events().reversed().stream())
          .filter(Event.Observed.class::isInstance)
          .map(event -> ((Event.Observed) event).facts().get(name))
          .filter(fact -> fact != null && !fact.at().isAfter(at))
          .findFirst();
    }
  }

  /// Sends a command and waits for what came of it. A refusal is a problem.
  public Engine.Reply send(Asked asked, ConversationId id, Command command)
      throws InterruptedException {
    return switch (reply(id, command)) {
      case Engine.Reply.Done done -> done;
      case Engine.Reply.Unchanged unchanged -> unchanged;
      case Engine.Reply.Rejected(var refusal, var detail) -> throw refused(asked, refusal, detail);
      case Engine.Reply.Busy(var wait) ->
          throw Problem.later(503, "the conversation is busy: send the same again", wait);
    };
  }

  /// What the engine says to a command, whatever that is.
  Engine.Reply reply(ConversationId id, Command command) throws InterruptedException {
    try {
      return ports
          .engine()
          .send(id, command)
          .toCompletableFuture()
          .get(engineTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unknown) {
      throw Problem.later(
          503, "nobody knows whether it was taken: send the same again", Duration.ofSeconds(1));
    }
  }

  private static Problem refused(Asked asked, Refusal refusal, String detail) {
    return switch (refusal) {
      case UNKNOWN -> asked.caller().isOperator() ? Problem.of(404, detail) : asked.unknown();
      case CONFLICT, CLOSED -> Problem.of(409, detail);
      case NOT_ALLOWED -> Problem.of(403, detail);
      case INVALID -> Problem.invalid(detail);
    };
  }

  /// The conversation in the path.
  public Known known(Asked asked) {
    return find(asked.conversation()).orElseThrow(asked::unknown);
  }

  public Optional<Known> find(ConversationId id) {
    var entries = journals.of(id);
    return entries.stream()
        .flatMap(entry -> entry.events().stream())
        .filter(Event.Opened.class::isInstance)
        .map(Event.Opened.class::cast)
        .findFirst()
        .map(opened -> new Known(id, opened, entries));
  }

  public ConversationView view(Known known, Sight sight) {
    var taken =
        sight.reader() == Sight.Reader.OPERATOR
            ? ports.claims().open(known.id).stream()
                .filter(claim -> claim.state() == Claims.ClaimState.CLAIMED)
                .map(Claims.Claim::permit)
                .collect(Collectors.toSet())
            : Set.<String>of();
    var view = ConversationView.of(known.id, known.entries, sight, taken).orElseThrow();
    var controls = ports.controls().all(known.id.tenant());
    return Pauses.cover(controls, known.id, view.campaign(), view.holder())
        ? view.whilePaused()
        : view;
  }

  /// The view after a command.
  public ConversationView viewNow(ConversationId id, Sight sight) {
    return view(find(id).orElseThrow(), sight);
  }

  /// What the caller may see.
  public Sight sight(Asked asked) {
    return new Sight(
        asked.caller().isOperator() ? Sight.Reader.OPERATOR : Sight.Reader.BUYER,
        sealed -> ports.vault().open(asked.tenant(), sealed),
        (policy, name) -> line(asked.tenant(), policy, name));
  }

  public List<EffectView> effects(List<Claims.Claim> claims, Sight sight) {
    return claims.stream().map(claim -> EffectView.of(claim, sight)).toList();
  }

  private Optional<String> line(String tenant, String hash, String name) {
    return ports
        .policies()
        .byHash(tenant, hash)
        .flatMap(document -> Optional.ofNullable(document.policy().lines().get(name)))
        .map(Policy.Line::text);
  }
}
