package baton.simulation.world;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.handoff.port.Claims.Reason;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Engines in which one fence was taken away.
final class Mutants {
  private Mutants() {}

  /// @param fence what keeps authority where it belongs
  /// @param without what this engine does in its place
  record Mutant(String fence, String without, Fences fences) {}

  static List<Mutant> all() {
    return List.of(
        new Mutant("epoch check", "the answer of a former holder is taken", new BelievesAnybody()),
        new Mutant("revoke before grant", "the lease is given in one go", new GrantsAtOnce()),
        new Mutant("single use", "a permit is claimed as often as it is sent", new ClaimsAgain()),
        new Mutant(
            "idempotency key",
            "what is given up is claimed, and another permit of it",
            new ForgetsKeys()),
        new Mutant("idempotency key", "each new permit has a key of its own", new NewKeys()),
        new Mutant("permit digest", "the tool is given another action", new OtherAction()),
        new Mutant("control lock", "the claim does not look for a pause", new Blind(Reason.PAUSED)),
        new Mutant("policy version", "nor for another policy", new Blind(Reason.POLICY_MOVED)),
        new Mutant("authority row", "nor for newer authority", new Blind(Reason.AUTHORITY_MOVED)),
        new Mutant("consent at claim", "nor for an opt-out", new Blind(Reason.OPTED_OUT)),
        new Mutant("expiry", "nor for its time", new Blind(Reason.EXPIRED)),
        new Mutant(
            "given up is given up", "a late request is claimed", new Blind(Reason.INTERRUPTED)),
        new Mutant("locks in the claim", "it reads first and writes later", new PlainReads()),
        new Mutant("authority row first", "it is written after all are told", new RowLast()),
        new Mutant("decided on what is", "a pause is not seen by the gate", new IgnoresPauses()),
        new Mutant("approval binding", "a no counts as a yes", new HearsYes()));
  }

  /// Decides as if the command were another, and records the one that came.
  private abstract static class Misheard implements Fences {
    abstract Command heard(State state, Command command);

    @Override
    public Step take(State state, Command command, Circumstances now, Policy policy) {
      return switch (Step.take(state, heard(state, command), now, policy)) {
        case Step.Taken(var entry, var next, var moves, var calls) ->
            new Step.Taken(
                new Entry(entry.first(), command, now, entry.events()), next, moves, calls);
        case Step.Unchanged unchanged -> unchanged;
        case Step.Rejected rejected -> rejected;
      };
    }
  }

  private static final class BelievesAnybody extends Misheard {
    @Override
    Command heard(State state, Command command) {
      return command instanceof Command.Answer answer
              && state instanceof State.Live live
              && live.lease() instanceof Lease.Held(var role, var epoch)
              && live.work().ask().isPresent()
          ? new Command.Answer(role, epoch, live.work().ask().get().seq(), answer.actions())
          : command;
    }
  }

  private static final class HearsYes extends Misheard {
    @Override
    Command heard(State state, Command command) {
      return command instanceof Command.Resolve(var approval, var operator, _, var reason)
          ? new Command.Resolve(approval, operator, true, reason)
          : command;
    }
  }

  private static final class IgnoresPauses implements Fences {
    @Override
    public Step take(State state, Command command, Circumstances now, Policy policy) {
      var running =
          new Circumstances(
              now.at(),
              Circumstances.Control.RUNNING,
              now.standing(),
              now.operators(),
              now.policy(),
              now.versions());
      return Step.take(state, command, running, policy) instanceof Step.Taken taken
          ? new Step.Taken(
              new Entry(taken.entry().first(), command, now, taken.entry().events()),
              taken.next(),
              taken.movesAuthority(),
              taken.calls())
          : Step.take(state, command, running, policy);
    }
  }

  /// Records other events than were decided.
  private abstract static class Misrecorded implements Fences {
    abstract Event recorded(Event event);

    @Override
    public Step take(State state, Command command, Circumstances now, Policy policy) {
      var step = Step.take(state, command, now, policy);
      if (!(step instanceof Step.Taken(var entry, _, var moves, _))) return step;
      var events = entry.events().stream().map(this::recorded).toList();
      var changed = new Entry(entry.first(), command, now, events);
      var next = Conversation.evolve(state, changed);
      var calls = new ArrayList<>(Conversation.outbox(next));
      calls.removeAll(Conversation.outbox(state));
      return new Step.Taken(changed, next, moves, calls);
    }
  }

  private static final class GrantsAtOnce extends Misrecorded {
    @Override
    Event recorded(Event event) {
      return event instanceof Event.Revoked revoked
          ? new Event.Granted(revoked.to(), "", revoked.from(), revoked.epoch())
          : event;
    }
  }

  private static final class NewKeys extends Misrecorded {
    @Override
    Event recorded(Event event) {
      return event instanceof Event.Decided(var p, var verdict, var findings, var permit)
          ? new Event.Decided(p, verdict, findings, permit.map(NewKeys::rekeyed))
          : event;
    }

    private static Permit rekeyed(Permit permit) {
      return new Permit(
          permit.id(),
          permit.seq(),
          permit.proposal(),
          permit.kind(),
          permit.digest(),
          permit.id(),
          permit.role(),
          permit.epoch(),
          permit.authority(),
          permit.policy(),
          permit.despiteOptOut(),
          permit.attemptsMax(),
          permit.expiresAt());
    }
  }

  private record Blind(Reason to) implements Fences {
    @Override
    public MemoryClaims claims(MemoryStore store) {
      return new MemoryClaims(store) {
        @Override
        protected Optional<Reason> refusal(Request request, Instant now) {
          return super.refusal(request, now).filter(reason -> reason != to);
        }
      };
    }
  }

  private static final class ClaimsAgain implements Fences {
    @Override
    public MemoryClaims claims(MemoryStore store) {
      return new MemoryClaims(store) {
        @Override
        protected Optional<Claim> known(Request request) {
          return Optional.empty();
        }
      };
    }
  }

  private static final class ForgetsKeys implements Fences {
    @Override
    public MemoryClaims claims(MemoryStore store) {
      return new MemoryClaims(store) {
        @Override
        protected Optional<Claim> known(Request request) {
          return super.known(request).filter(claim -> claim.permit().equals(request.permit().id()));
        }

        @Override
        protected Optional<Reason> refusal(Request request, Instant now) {
          return super.refusal(request, now).filter(reason -> reason != Reason.INTERRUPTED);
        }
      };
    }
  }

  /// What a claim may rest on is read at one moment, and written down at another.
  private static final class PlainReads implements Fences {
    private Reading reading;

    private static final class Reading extends MemoryClaims {
      private boolean looks;

      Reading(MemoryStore store) {
        super(store);
      }

      Optional<Reason> look(Request request) {
        looks = true;
        var reason = refusal(request, Instant.EPOCH);
        looks = false;
        return reason;
      }

      @Override
      protected Optional<Reason> refusal(Request request, Instant now) {
        return looks ? super.refusal(request, now) : Optional.empty();
      }
    }

    @Override
    public MemoryClaims claims(MemoryStore store) {
      reading = new Reading(store);
      return reading;
    }

    @Override
    public void claim(
        Disk disk,
        Claims.Request request,
        Consumer<Runnable> later,
        Consumer<Claims.Answer> answer) {
      var read = reading.look(request);
      later.accept(() ->
          answer.accept(
              read.isPresent() ? new Claims.Answer.Refused(read.get()) : disk.claim(request)));
    }
  }

  private static final class RowLast implements Fences {
    @Override
    public void advance(Consumer<Runnable> write, Runnable then) {
      then.run();
      write.accept(() -> {});
    }
  }

  private static final class OtherAction implements Fences {
    @Override
    public Tool tools(Tool tools) {
      return new Altered(tools) {
        @Override
        public Outcome call(Effect effect) {
          var action =
              effect.action() instanceof Action.Concede(var quote, var percent)
                  ? new Action.Concede(quote, percent + 1)
                  : effect.action();
          return tools.call(
              new Effect(
                  effect.conversation(),
                  effect.campaign(),
                  effect.subject(),
                  effect.permit(),
                  action,
                  effect.facts(),
                  effect.at()));
        }
      };
    }
  }

  private abstract static class Altered implements Tool {
    private final Tool tools;

    Altered(Tool tools) {
      this.tools = tools;
    }

    @Override
    public Set<String> kinds() {
      return tools.kinds();
    }

    @Override
    public String schema(String kind) {
      return tools.schema(kind);
    }

    @Override
    public boolean undoable(String kind) {
      return tools.undoable(kind);
    }

    @Override
    public Outcome call(Effect effect) {
      return tools.call(effect);
    }

    @Override
    public Outcome lookUp(Effect effect) {
      return tools.lookUp(effect);
    }
  }
}
