package baton.simulation.explore;

import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Permit;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Shells with one step broken each. The explorer must find a way to harm with every one of them.
final class Broken {
  private Broken() {}

  /// A claim in two steps: it reads plainly, and inserts later.
  abstract static class ReadsEarly extends Shell {
    private record Looked(Work.Perform perform, Table.Read then, ReadsEarly shell)
        implements Work.Odd {
      @Override
      public void go(Effects effects, World world, int node, Moves moves) {
        var now = new Table.Read(world.control(), world.policy(), world.row());
        effects.claim(world, node, this, perform, shell.believed(then, now), moves);
      }
    }

    /// What of the early reading is believed.
    abstract Table.Read believed(Table.Read then, Table.Read now);

    @Override
    void perform(Effects effects, World world, int node, Work.Perform perform, Moves moves) {
      var read = new Table.Read(world.control(), world.policy(), world.row());
      var looked = new Looked(perform, read, this);
      effects.instead(
          world, node, perform, looked, "looks before it claims", perform.permit(), moves);
    }
  }

  static final class ReadsControlEarly extends ReadsEarly {
    @Override
    Table.Read believed(Table.Read then, Table.Read now) {
      return new Table.Read(then.control(), now.policy(), now.row());
    }
  }

  static final class ReadsPolicyEarly extends ReadsEarly {
    @Override
    Table.Read believed(Table.Read then, Table.Read now) {
      return new Table.Read(now.control(), then.policy(), now.row());
    }
  }

  static final class ReadsAuthorityEarly extends ReadsEarly {
    @Override
    Table.Read believed(Table.Read then, Table.Read now) {
      return new Table.Read(now.control(), now.policy(), then.row());
    }
  }

  /// The authority row is written after agents were asked, calls made and callers answered.
  static final class TellsBeforeTheRow extends Shell {
    @Override
    Node appended(Node node, boolean movesAuthority, int[] owed) {
      return movesAuthority ? node.doing(owed).owingRow() : node.doing(owed);
    }
  }

  static final class SkipsTheRow extends Shell {
    @Override
    Node appended(Node node, boolean movesAuthority, int[] owed) {
      return node.doing(owed);
    }
  }

  /// Whoever answers is taken for the holder.
  static final class BelievesWhoAnswers extends Shell {
    @Override
    Step take(State state, Command command, Circumstances now, Policy policy) {
      boolean taken =
          command instanceof Command.Answer
              && state instanceof State.Live live
              && live.lease() instanceof Lease.Held
              && live.work().ask().isPresent();
      if (!taken) return super.take(state, command, now, policy);
      var step = super.take(state, believed((State.Live) state, command), now, policy);
      return step instanceof Step.Taken done
          ? with(state, done, command, done.entry().events())
          : step;
    }

    private static Command believed(State.Live live, Command command) {
      var lease = (Lease.Held) live.lease();
      long ask = live.work().ask().orElseThrow().seq();
      var actions = ((Command.Answer) command).actions();
      return new Command.Answer(lease.role(), lease.epoch(), ask, actions);
    }
  }

  /// Who takes over has the conversation before it is taken from whoever had it.
  static final class GrantsBeforeRevoking extends Shell {
    @Override
    Step take(State state, Command command, Circumstances now, Policy policy) {
      var step = super.take(state, command, now, policy);
      if (!(step instanceof Step.Taken taken)) return step;
      var events = new ArrayList<>(taken.entry().events());
      for (int i = 1; i < events.size(); i++) {
        boolean both =
            events.get(i - 1) instanceof Event.Revoked && events.get(i) instanceof Event.Granted;
        if (both) Collections.swap(events, i - 1, i);
      }
      return with(state, taken, command, events);
    }
  }

  /// A new permit for the same proposal has another key.
  static final class MakesAKeyForEachPermit extends Shell {
    @Override
    Step take(State state, Command command, Circumstances now, Policy policy) {
      var step = super.take(state, command, now, policy);
      if (!(step instanceof Step.Taken taken)) return step;
      var events = taken.entry().events().stream().map(MakesAKeyForEachPermit::keyed).toList();
      return with(state, taken, command, events);
    }

    private static Event keyed(Event event) {
      return event instanceof Event.Decided(var proposal, var verdict, var findings, var permit)
          ? new Event.Decided(proposal, verdict, findings, permit.map(p -> keyed(p)))
          : event;
    }

    private static Permit keyed(Permit permit) {
      return new Permit(
          permit.id(),
          permit.seq(),
          permit.proposal(),
          permit.kind(),
          permit.digest(),
          permit.key() + "." + permit.seq(),
          permit.role(),
          permit.epoch(),
          permit.authority(),
          permit.policy(),
          permit.despiteOptOut(),
          permit.attemptsMax(),
          permit.expiresAt());
    }
  }

  /// After a restart what was permitted is done, instead of asked after.
  static final class PerformsAgainAtOnce extends Shell {
    @Override
    List<Work> owedAfterRestart(State state) {
      return Conversation.outbox(state).stream()
          .map(PerformsAgainAtOnce::work)
          .flatMap(Optional::stream)
          .toList();
    }

    private static Optional<Work> work(Call call) {
      return call instanceof Call.Perform(var permit, var action)
          ? Optional.of(new Work.Act(permit, action, 0))
          : Work.of(call);
    }
  }

  /// After a restart nobody remembers what was begun.
  static final class ForgetsWhatIsOwed extends Shell {
    @Override
    List<Work> owedAfterRestart(State state) {
      return List.of();
    }
  }

  /// What was found not to have been claimed may still be.
  static final class ConcludesNothing extends Shell {
    @Override
    World concluded(Table table, World world, Permit permit) {
      return world;
    }
  }

  /// A tool says that it was never called, and is called after all.
  static final class LooksUpWithoutAFence extends Shell {
    @Override
    boolean lookUpFences() {
      return false;
    }
  }

  /// What is sent is not what was permitted.
  static final class SendsAnotherAction extends Shell {
    @Override
    void perform(Effects effects, World world, int node, Work.Perform perform, Moves moves) {
      var other = new Work.Perform(perform.permit(), new Action.Concede("q1", 50));
      var reads = new Table.Read(world.control(), world.policy(), world.row());
      effects.claim(world, node, perform, other, reads, moves);
    }
  }

  private static Step.Taken with(
      State state, Step.Taken taken, Command command, List<Event> events) {
    var entry = new Entry(taken.entry().first(), command, taken.entry().now(), events);
    var next = Conversation.evolve(state, entry);
    var owed = new ArrayList<>(Conversation.outbox(next));
    var before = new HashSet<>(Conversation.outbox(state));
    owed.removeIf(before::contains);
    return new Step.Taken(entry, next, taken.movesAuthority(), owed);
  }
}
