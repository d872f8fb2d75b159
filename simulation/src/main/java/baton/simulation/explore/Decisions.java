package baton.simulation.explore;

import baton.handoff.Circumstances;
import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Circumstances.Versions;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The kernel's answers. It is pure, so each question is put to it once (and once more, for the
/// proof that it is), and its properties are checked there and then.
final class Decisions {
  static final ConversationId ID = new ConversationId("default", "c1");
  private static final int[] NONE = {};

  /// An answer that changes the journal.
  ///
  /// @param next number of the state that follows
  /// @param owed numbers of the works that are newly owed
  /// @param events their names, for a transcript
  record Taken(
      int next,
      boolean movesAuthority,
      int[] owed,
      List<Event.Settled> settled,
      String events,
      String broken) {}

  private record Question(int state, int command, int circumstances) {}

  private static final Taken NOTHING = new Taken(0, false, NONE, List.of(), "", "");

  private final Shell shell;
  private final Laws laws;
  private final Numbered<Work> works;
  private final Numbered<State> states = new Numbered<>();
  private final Numbered<Command> commands = new Numbered<>();
  private final Map<Question, Taken> answers = new HashMap<>();
  private final List<int[]> restarts = new ArrayList<>();

  Decisions(Numbered<Work> works, Shell shell, Laws laws) {
    this.works = works;
    this.shell = shell;
    this.laws = laws;
    states.of(Conversation.blank(ID)); // the blank state has number 0
  }

  State state(int number) {
    return states.at(number);
  }

  int questions() {
    return answers.size();
  }

  int states() {
    return states.size();
  }

  /// The conversation as it stands or stood. Only after its first event.
  State.Live live(int number) {
    return live(states.at(number));
  }

  static State.Live live(State state) {
    return switch (state) {
      case State.Live live -> live;
      case State.Closed(var last, _) -> last;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }

  int authority(int number) {
    return number == 0 ? 0 : (int) live(number).authority();
  }

  /// @return null where nothing changes
  Taken ask(int state, Command command, int control, int policy, World world) {
    int circumstances =
        ((control * 2 + policy) * 2 + world.optedOut()) * 64 + Math.min(world.ticks(), 63);
    var question = new Question(state, commands.of(command), circumstances);
    var known = answers.get(question);
    if (known == null) {
      var now = circumstances(control, policy, world);
      known = total(states.at(state), command, now, policy);
      answers.put(question, known);
    }
    return known == NOTHING ? null : known;
  }

  /// Every command has an answer in every state.
  private Taken total(State state, Command command, Circumstances now, int policy) {
    try {
      return decide(state, command, now, policy);
    } catch (RuntimeException failure) {
      return new Taken(states.of(state), false, NONE, List.of(), "", "total: " + failure);
    }
  }

  private Taken decide(State state, Command command, Circumstances now, int policy) {
    var step = shell.take(state, command, now, policy(policy));
    var again = shell.take(state, command, now, policy(policy));
    if (!(step instanceof Step.Taken taken)) return NOTHING;
    String broken =
        step.equals(again)
            ? laws.taken(state, taken, policy(policy))
            : "replay: the same question is answered in another way";
    var owed =
        taken.calls().stream()
            .flatMap(call -> Work.of(call).stream())
            .mapToInt(works::of)
            .toArray();
    var settled = new ArrayList<Event.Settled>();
    for (var event : taken.entry().events()) {
      if (event instanceof Event.Settled one) settled.add(one);
    }
    return new Taken(
        states.of(taken.next()),
        taken.movesAuthority(),
        owed,
        List.copyOf(settled),
        names(taken.entry().events()),
        broken);
  }

  /// There are few different ones, and many answers.
  private static String names(List<Event> events) {
    return String.join(", ", events.stream().map(Decisions::named).toList()).intern();
  }

  private static String named(Event event) {
    String name = event.getClass().getSimpleName();
    return event instanceof Event.Decided decided
        ? name + " " + decided.verdict().name().toLowerCase(Locale.ROOT)
        : name;
  }

  /// What a node owes that has just folded this state.
  int[] owedAfterRestart(int state) {
    while (restarts.size() <= state) restarts.add(null);
    var known = restarts.get(state);
    if (known == null) {
      known = shell.owedAfterRestart(states.at(state)).stream().mapToInt(works::of).toArray();
      restarts.set(state, known);
    }
    return known;
  }

  private static Circumstances circumstances(int control, int policy, World world) {
    var paused = new Control(control != 1, control == 1 ? "engine" : "", control);
    return new Circumstances(
        at(world.ticks()),
        paused,
        new Standing(world.optedOut() == 1, 0),
        0,
        policy(policy).hash(),
        new Versions(Conversation.KERNEL, policy(policy).lexicon(), "2026a"));
  }

  static Instant at(int ticks) {
    return Menu.START.plus(Ground.TICK.multipliedBy(ticks));
  }

  static Policy policy(int number) {
    return number == 0 ? Ground.LOOSE : Ground.TIGHT;
  }
}
