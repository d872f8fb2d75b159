package baton.runtime.talk;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.PlaybookAgent;
import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Command.Leave.How;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Sealed;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Tool;
import baton.runtime.tools.Permits;
import baton.runtime.tools.memory.MemoryTools;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Plays a script with the kernel, its gate and the sample policy; with the interpreter, the
/// playbook agents and the tools in memory. Only the clock, the operators and the words are the
/// script's.
///
/// Lines of a script: `> TEXT` is the buyer. `! WORDS` is the world: `open [zone=Z] [email=E]`,
/// `arrive`, `leave hung-up`, `wait PT5M`, `full PT72H` (nobody is free so long), `operator NAME`,
/// `nobody`, `takes NAME`, `says NAME TEXT`, `gives-back NAME`, `approves NAME`, `rejects NAME`.
final class Journey {
  private static final Instant FRIDAY = Instant.parse("2026-11-20T18:00:00Z");
  private static final Duration A_MOMENT = Duration.ofSeconds(20);
  private static final int STEPS_MAX = 200;

  private final PolicyDocument document;
  private final Interpreter interpreter;
  private final Map<Role, Agent> agents = new HashMap<>();
  private final Map<Role, SortedMap<String, String>> notes = new HashMap<>();
  private final MemoryTools tools =
      MemoryTools.standard(() -> this.now, (_, sealed) -> Optional.of(sealed.ciphertext()));
  private final StringBuilder transcript = new StringBuilder();
  private final Set<String> operators = new TreeSet<>();
  private final Set<String> rules = new TreeSet<>();
  private final Map<Long, Proposal> proposed = new HashMap<>();
  private Instant now = FRIDAY;
  private State state;
  private int conversations;
  private long messages;
  private long claims;

  private final Desk desk =
      new Desk() {
        @Override
        public Words words(String text) {
          return new Words.Own(seal(text), interpreter.agent(text));
        }

        @Override
        public Sealed seal(String text) {
          return Journey.seal(text);
        }

        @Override
        public String read(Sealed sealed) {
          return sealed.ciphertext();
        }
      };

  Journey(PolicyDocument document, Interpreter interpreter) {
    this.document = document;
    this.interpreter = interpreter;
    document.playbooks().forEach((role, book) -> agents.put(role, new PlaybookAgent(book)));
    this.state = Conversation.blank(new ConversationId("default", "c0"));
  }

  /// The whole as it went, the script's lines and what followed each.
  String play(List<String> script) {
    for (var line : script) {
      transcript.append(line).append('\n');
      now = now.plus(A_MOMENT);
      if (line.startsWith("> ")) hear(line.substring(2));
      else if (line.startsWith("! ")) world(line.substring(2).split(" "));
    }
    return transcript.toString();
  }

  /// The rules that were taken, as `role.rule`.
  Set<String> rules() {
    return rules;
  }

  // --- the script

  private void world(String[] words) {
    switch (words[0]) {
      case "campaign" -> {} // read by the test
      case "open" -> open(words);
      case "arrive" -> tell(new Command.Arrive("chat"));
      case "leave" -> tell(new Command.Leave(How.of(words[1]).orElseThrow()));
      case "wait" -> pass(Duration.parse(words[1]));
      case "full" -> fill(now.plus(Duration.parse(words[1])));
      case "operator" -> operators.add(words[1]);
      case "nobody" -> operators.clear();
      case "takes" -> tell(new Command.TakeOver(words[1]));
      case "says" -> {
        var text = String.join(" ", Arrays.asList(words).subList(2, words.length));
        var own = new Words.Own(seal(text), interpreter.agent(text));
        var id = "m" + ++messages;
        tell(new Command.Say(id, id, words[1], own));
      }
      case "gives-back" -> tell(new Command.HandBack(words[1]));
      case "approves" -> resolve(words[1], true);
      case "rejects" -> resolve(words[1], false);
      default -> throw new IllegalArgumentException("no such line: " + String.join(" ", words));
    }
    for (var operator : List.of("kim", "lee")) {
      tools.humans().available("default", operator, operators.contains(operator), now);
    }
  }

  private void open(String[] words) {
    var given = new HashMap<String, String>();
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) given.put(word.substring(0, equals), word.substring(equals + 1));
    }
    state = Conversation.blank(new ConversationId("default", "c" + ++conversations));
    notes.clear();
    tell(
        new Command.Open(
            document.policy().campaign(),
            given.getOrDefault("channel", "chat"),
            new Command.Buyer(
                "s",
                "body",
                seal("buyer"),
                Optional.empty(),
                Optional.ofNullable(given.get("email")).map(Journey::seal),
                given.getOrDefault("zone", ""),
                "",
                "")));
  }

  private void hear(String text) {
    var id = "m" + ++messages;
    var signals = interpreter.buyer(text, now, zone(), Journey::seal);
    tell(new Command.Hear(id, id, seal(text), signals, 100));
  }

  private ZoneId zone() {
    if (!(state instanceof State.Live live)) return document.policy().zone();
    var said = live.known().facts().get("time-zone");
    var given = live.opening().buyer().zone();
    if (said != null) return ZoneId.of(said.value().shown());
    return given.isEmpty() ? document.policy().zone() : ZoneId.of(given);
  }

  private void resolve(String operator, boolean approves) {
    var open = ((State.Live) state).work().approvals().keySet().stream().findFirst();
    if (open.isEmpty()) note("there is nothing to approve");
    else tell(new Command.Resolve(open.get(), operator, approves, "for a test"));
  }

  /// Time passes; whatever falls due takes place at its moment.
  private void pass(Duration duration) {
    var until = now.plus(duration);
    for (int i = 0; i < STEPS_MAX; i++) {
      var due = Conversation.dueAt(state).filter(at -> !at.isAfter(until));
      if (due.isEmpty()) break;
      now = due.get();
      tell(new Command.Wake());
    }
    now = until;
  }

  /// Others book whatever is free.
  private void fill(Instant until) {
    for (int i = 0; i < STEPS_MAX; i++) {
      var found = use(new Action.FindSlots(now, until, "UTC", Optional.empty()), "fill" + i);
      if (!(found instanceof Outcome.Confirmed(var facts))) throw new AssertionError(found);
      var slots = facts.keySet().stream().filter(name -> name.startsWith("slot.")).toList();
      if (slots.isEmpty()) return;
      for (var slot : slots) {
        var name = facts.get(slot).shown();
        var start = Instant.parse(name.substring(name.indexOf('@') + 1));
        use(new Action.Book(name, start, "UTC"), "fill" + i + slot);
      }
    }
  }

  private Outcome use(Action action, String key) {
    var other = new ConversationId("default", "others");
    return tools
        .toolbox()
        .call(
            new Tool.Effect(
                other,
                "inbound-trial",
                "o",
                Permits.of(Role.BOOKING, key, action),
                action,
                Map.of(),
                now));
  }

  // --- the engine

  /// Decides, and carries out what follows until it is somebody else's turn.
  private void tell(Command command) {
    decide(command);
    for (int i = 0; i < STEPS_MAX; i++) {
      var next = Conversation.outbox(state).stream().flatMap(call -> answer(call).stream());
      var first = next.findFirst();
      if (first.isEmpty()) return;
      decide(first.get());
    }
    throw new AssertionError("goes in circles:\n" + transcript);
  }

  private void decide(Command command) {
    switch (Conversation.decide(state, command, circumstances(), document.policy())) {
      case Decision.Accepted(var events) -> {
        for (var event : events) {
          state = Conversation.evolve(state, event, now);
          tell(event);
        }
      }
      case Decision.Rejected(_, var detail) -> note("rejected: " + detail);
      case Decision.Nothing() -> {}
    }
  }

  private Circumstances circumstances() {
    return new Circumstances(
        now,
        Circumstances.Control.RUNNING,
        Circumstances.Standing.CLEAR,
        operators.size(),
        document.policy().hash(),
        new Circumstances.Versions(Conversation.KERNEL, document.lexicon().version(), ""));
  }

  private Optional<Command> answer(Call call) {
    return switch (call) {
      case Call.Ask(var role, _, _) -> Optional.of(think(role));
      case Call.Offer(var from, var to, var epoch, _) -> {
        var reply = agents.get(to).consider(new Offer(from, to, new TreeMap<>()));
        yield Optional.of(new Command.Reply(to, epoch, reply.accepts(), reply.reason()));
      }
      case Call.Perform(var permit, var action) -> Optional.of(perform(permit, action));
      case Call.Conclude(var permit, _) ->
          Optional.of(new Command.Unclaimed(permit.id(), Claims.Reason.INTERRUPTED));
      case Call.LookUp _, Call.WakeAt _ -> Optional.empty();
    };
  }

  private Command think(Role role) {
    var live = (State.Live) state;
    var briefing = Briefing.of(live, role, circumstances(), document.policy());
    var thought = agents.get(role).think(briefing, notes.getOrDefault(role, new TreeMap<>()), desk);
    notes.put(role, thought.notes());
    for (var rule : thought.notes().get("taken").split(" ")) rules.add(role + "." + rule);
    return new Command.Answer(role, briefing.epoch(), briefing.ask(), thought.actions());
  }

  private Command perform(Permit permit, Action action) {
    var outcome =
        switch (action) {
          case Action.Spoken spoken -> {
            say(permit.role(), spoken.words());
            yield Outcome.confirmed();
          }
          case Action.InitiateContact _ -> Outcome.confirmed(); // a letter
          case Action.Outside _ -> tools.toolbox().call(effect(permit, action));
          case Action.Inside _ -> throw new IllegalStateException("an inside action has no permit");
        };
    if (action instanceof Action.Outside) {
      var failure = outcome instanceof Outcome.Failed(var why) ? ": failed, " + why : "";
      note(permit.role() + " * " + Dialogue.shown(action) + failure);
    }
    return new Command.Settle(permit.id(), ++claims, permit.digest(), now, outcome);
  }

  private Tool.Effect effect(Permit permit, Action action) {
    var live = (State.Live) state;
    return new Tool.Effect(
        live.id(), live.opening().campaign(), "s", permit, action, live.known().facts(), now);
  }

  // --- the transcript

  private void say(Role role, Words words) {
    var text =
        switch (words) {
          case Words.Line(var name) when role.equals(Role.ENGINE) ->
              document.policy().lines().get(name).text();
          case Words.Line(var name) -> "[" + name + "]";
          case Words.Own(var sealed, _) -> sealed.ciphertext();
        };
    note(role + ": " + text);
  }

  private void tell(Event event) {
    switch (event) {
      case Event.Proposed(var role, var epoch, var action, var digest) ->
          proposed.put(
              state.seq(),
              new Proposal(state.seq(), role, epoch, action, digest, 0, 0, Proposal.Stage.QUEUED));
      case Event.Decided decided -> decided(proposed.get(decided.proposal()), decided);
      case Event.Granted(var role, var operator, var previous, _) ->
          note("— " + role + (operator.isEmpty() ? "" : " " + operator) + ", after " + previous);
      case Event.Released(_, _, var reason) -> note("— nobody, " + reason);
      case Event.HandOffFailed(_, var to, var reason) ->
          note("— not passed on to " + to + ": " + reason);
      case Event.Dropped(var all, var cause) -> note("dropped " + all.size() + ": " + cause);
      case Event.OptedOut _ -> note("— opted out");
      case Event.ConsentChanged(var purpose, var consent) ->
          note("— consent " + purpose + ": " + consent.state());
      case Event.Closed(var reason) -> note("— closed: " + reason);
      default -> {}
    }
  }

  private void decided(Proposal proposal, Event.Decided decided) {
    var action = proposal.action();
    if (decided.verdict() != Verdict.PERMIT) {
      var clauses =
          decided.findings().stream()
              .filter(finding -> finding.verdict() == decided.verdict())
              .map(finding -> finding.clause() + " " + finding.code())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      note(
          "%s * wanted to %s: %s by %s"
              .formatted(proposal.role(), Dialogue.shown(action), decided.verdict(), clauses));
    } else if (action instanceof Action.Inside && !(action instanceof Action.InterpretConsent)) {
      note(proposal.role() + " * " + Dialogue.shown(action));
    }
  }

  private void note(String what) {
    transcript.append("  ").append(what).append('\n');
  }

  private static Sealed seal(String clear) {
    return new Sealed("s", "transcript", clear, clear);
  }
}
