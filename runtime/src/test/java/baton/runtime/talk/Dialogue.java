package baton.runtime.talk;

import baton.agents.Desk;
import baton.agents.PlaybookAgent;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Plays a scripted conversation with the playbook agents and writes down who said and did what. It
/// permits everything but what the script refuses, so that it shows the agents and not the gate.
///
/// Lines of a script: `> TEXT` is the buyer; `! WORDS` is the world: `start ROLE`, `back ROLE
/// PREVIOUS`, `know NAME=VALUE`, `consent STATE`, `person` (one is free), `no-zone` (the buyer's is
/// not known), `refuse KIND CHECK`, `fail KIND REASON`, `hold KIND` (waits for an approval),
/// `approve KIND`, `reject KIND`, `none` (no free slot), `silence`, `return KIND` (a hand-off
/// failed), `follow-up`, `unheard TEXT` (said, and the agent is not asked yet).
final class Dialogue {
  private static final Optional<Sealed> WORDS =
      Optional.of(new Sealed("s", "transcript", "d", "words"));
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final Money LIST = new Money("USD", 58_800);
  private static final int ROUNDS_MAX = 6;

  private static final Set<String> FACTS =
      Set.of(
          "product",
          "seats",
          "time",
          "time-until",
          "day-part",
          "wish",
          "budget",
          "language",
          "time-zone",
          "choice",
          "name",
          "email",
          "phone",
          "ask-discount",
          "want-human",
          "objection");

  private final PolicyDocument document;
  private final Interpreter interpreter;
  private final Map<Role, PlaybookAgent> agents = new HashMap<>();
  private final Map<Role, SortedMap<String, String>> notes = new HashMap<>();
  private final StringBuilder transcript = new StringBuilder();
  private final Set<String> rules = new TreeSet<>();
  private final SortedMap<String, Fact> facts = new TreeMap<>();
  private final SortedMap<String, Consent> consents = new TreeMap<>();
  private final TreeSet<String> disclosed = new TreeSet<>();
  private final TreeSet<String> pending = new TreeSet<>();
  private final List<String[]> refusals = new ArrayList<>();
  private final Map<String, String> failures = new HashMap<>();
  private final TreeSet<String> holds = new TreeSet<>();
  private final List<Prompt> prompts = new ArrayList<>();
  private Role role = Role.BOOKING;
  private String question = "";
  private long seq;
  private int operators;
  private boolean zoneGiven = true;
  private boolean noneFree;
  private boolean over;

  private final Desk desk =
      new Desk() {
        @Override
        public Words words(String text) {
          return new Words.Own(seal(text), interpreter.agent(text));
        }

        @Override
        public Sealed seal(String text) {
          return Dialogue.seal(text);
        }

        @Override
        public String read(Sealed sealed) {
          return sealed.ciphertext();
        }
      };

  Dialogue(PolicyDocument document, Interpreter interpreter) {
    this.document = document;
    this.interpreter = interpreter;
    document.playbooks().forEach((name, book) -> agents.put(name, new PlaybookAgent(book)));
  }

  /// The whole as it went, input lines and what followed each.
  String play(List<String> script) {
    for (var line : script) {
      transcript.append(line).append('\n');
      if (line.startsWith("> ")) hear(line.substring(2));
      else if (line.startsWith("! ")) world(line.substring(2).split(" "));
      if (!line.startsWith("! unheard ")) answer();
    }
    return transcript.toString();
  }

  /// The rules that were taken, as `role.rule`.
  Set<String> rules() {
    return rules;
  }

  private void world(String[] words) {
    switch (words[0]) {
      case "start" -> grant(new Role(words[1]), Role.ENGINE);
      case "back" -> grant(new Role(words[1]), new Role(words[2]));
      case "know" -> {
        var pair = words[1].split("=", 2);
        learn(pair[0], value(pair[1]), Fact.Source.BUYER);
      }
      case "consent" ->
          consents.put(
              "contact", new Consent(Consent.State.valueOf(words[1].toUpperCase()), NOW, ++seq));
      case "person" -> operators = 1;
      case "nobody" -> operators = 0;
      case "none" -> noneFree = true;
      case "no-zone" -> zoneGiven = false;
      case "refuse" -> refusals.add(words);
      case "fail" -> failures.put(words[1], words[2]);
      case "hold" -> holds.add(words[1]);
      case "approve" -> {
        pending.remove(words[1]);
        prompts.add(new Prompt.Settled(++seq, words[1], carriedOut(words[1])));
      }
      case "reject" -> {
        pending.remove(words[1]);
        prompts.add(new Prompt.Refused(++seq, words[1], Verdict.ESCALATE, List.of()));
      }
      case "unheard" -> hear(String.join(" ", List.of(words).subList(1, words.length)));
      case "silence" -> prompts.add(new Prompt.Silence(1));
      case "follow-up" -> prompts.add(new Prompt.FollowUp("chat"));
      case "return" -> {
        prompts.add(new Prompt.Started(role));
        prompts.add(new Prompt.Settled(0, words[1], new Outcome.Failed("not-answered")));
        over = false;
      }
      default -> throw new IllegalArgumentException("no such line: " + String.join(" ", words));
    }
  }

  private void grant(Role to, Role previous) {
    role = to;
    disclosed.clear();
    question = "";
    over = false;
    prompts.add(new Prompt.Started(previous));
  }

  private void hear(String text) {
    var zone = ZoneId.of(zone());
    var signals = interpreter.buyer(text, NOW, zone, Dialogue::seal);
    long heard = ++seq;
    for (var signal : signals) {
      if (FACTS.contains(signal.name())) {
        learn(signal.name(), signal.value(), Fact.Source.BUYER);
      }
    }
    for (var signal : signals) {
      if (!signal.name().equals(Signal.NUMBER)) continue;
      if (question.equals("seats")) learn("seats", signal.value(), Fact.Source.BUYER);
      if (question.equals("slots")) learn("choice", signal.value(), Fact.Source.BUYER);
    }
    if (!question.isEmpty() && !question.startsWith("consent.")) {
      boolean yes = says(signals, Signal.YES);
      boolean no = says(signals, Signal.NO);
      if (yes != no && !says(signals, Signal.VAGUE)) {
        learn("confirmed." + question, Value.of(yes ? "yes" : "no"), Fact.Source.BUYER);
      }
    }
    prompts.add(new Prompt.Heard(heard, WORDS, signals, 95, question));
  }

  private static boolean says(List<Signal> signals, String name) {
    return signals.stream().anyMatch(signal -> signal.name().equals(name));
  }

  private void answer() {
    for (int round = 1; !prompts.isEmpty() && !over; round++) {
      if (round > ROUNDS_MAX) throw new AssertionError("goes in circles:\n" + transcript);
      var mandate = document.policy().mandates().get(role);
      var briefing =
          new Briefing(
              new ConversationId("default", "c"),
              "inbound-trial",
              "chat",
              true,
              "s",
              role,
              1,
              ++seq,
              round,
              List.copyOf(prompts),
              0,
              List.of(),
              new TreeMap<>(facts),
              new TreeMap<>(consents),
              new TreeSet<>(disclosed),
              new TreeSet<>(mandate.may().keySet()),
              new TreeSet<>(mandate.never().keySet()),
              new TreeSet<>(pending),
              zone(),
              zoneGiven || facts.containsKey("time-zone"),
              operators,
              0,
              "hash",
              NOW);
      prompts.clear();
      var mine = notes.getOrDefault(role, new TreeMap<>());
      var thought = agents.get(role).think(briefing, mine, desk);
      notes.put(role, thought.notes());
      for (var id : thought.notes().get("taken").split(" ")) rules.add(role + "." + id);
      var thinker = role;
      for (var action : thought.actions()) {
        if (!over && role.equals(thinker)) carryOut(mandate.may().keySet(), action);
      }
    }
  }

  private void carryOut(Set<String> may, Action action) {
    if (!may.contains(action.kind())) throw new AssertionError(role + " may not " + action.kind());
    var next = refusals.stream().filter(words -> words[1].equals(action.kind())).findFirst();
    if (next.isPresent()) {
      refusals.remove(next.get());
      var refusal = next.get()[2];
      note("wanted to " + shown(action) + ": refused by " + refusal);
      var finding =
          new Finding(refusal, Verdict.DENY, "clause", "owner", "code", new TreeMap<>(), List.of());
      prompts.add(new Prompt.Refused(++seq, action.kind(), Verdict.DENY, List.of(finding)));
      return;
    }
    if (holds.remove(action.kind())) {
      note("wanted to " + shown(action) + ": waits for an approval");
      pending.add(action.kind());
      prompts.add(new Prompt.Waiting(++seq, action.kind(), seq));
      return;
    }
    if (action instanceof Action.Disclose(var name, _)) disclosed.add(name);
    switch (action) {
      case Action.Spoken spoken -> say(spoken);
      case Action.Outside outside -> outside(outside);
      case Action.Inside inside -> inside(inside);
    }
  }

  private void say(Action.Spoken spoken) {
    var text =
        switch (spoken.words()) {
          case Words.Line(var name) -> "[" + name + "]";
          case Words.Own(var sealed, _) -> sealed.ciphertext();
        };
    if (!spoken.asks().isEmpty()) question = spoken.asks();
    transcript.append("  ").append(role).append(": ").append(text).append('\n');
  }

  private void outside(Action.Outside action) {
    var failure = failures.remove(action.kind());
    note(shown(action) + (failure == null ? "" : ": failed, " + failure));
    var outcome = failure == null ? outcome(action) : new Outcome.Failed(failure);
    if (action instanceof Action.TransferToHuman && failure == null) over = true;
    boolean news = !(outcome instanceof Outcome.Confirmed(var found) && found.isEmpty());
    if (news && !over) prompts.add(new Prompt.Settled(++seq, action.kind(), outcome));
    if (outcome instanceof Outcome.Confirmed(var found)) {
      found.forEach((name, value) -> learn(name, value, Fact.Source.TOOL));
    }
  }

  private void inside(Action.Inside action) {
    note(shown(action));
    switch (action) {
      case Action.InterpretConsent(var purpose, var state, var evidence) ->
          consents.put(purpose, new Consent(state, NOW, evidence));
      case Action.RequestHandOff(var to, _) -> grant(to, role);
      case Action.Close _ -> over = true;
      case Action.ScheduleFollowUp _, Action.Escalate _ -> {}
    }
  }

  private Outcome outcome(Action.Outside action) {
    return switch (action) {
      case Action.FindSlots(var from, _, _, _) -> Outcome.confirmed(slots(from));
      case Action.Book(_, var start, _) -> Outcome.confirmed(booking(start));
      case Action.Reschedule(_, _, var start, _) -> Outcome.confirmed(booking(start));
      case Action.Cancel _ -> Outcome.confirmed(Map.of("booking.state", Value.of("cancelled")));
      case Action.Quote _ -> Outcome.confirmed(quote(0));
      case Action.Concede(_, var percent) -> Outcome.confirmed(quote(percent));
      case Action.TakeCommitment _ -> Outcome.confirmed(Map.of("order", Value.of("o-1")));
      case Action.WriteCrm _ -> Outcome.confirmed(Map.of("crm.contact", Value.of("k-1")));
      case Action.InitiateContact _, Action.TransferToHuman _, Action.SendMessage _ ->
          Outcome.confirmed();
      case Action.Record _, Action.UseTool _ -> Outcome.confirmed();
    };
  }

  private Outcome carriedOut(String kind) {
    var found =
        kind.equals("concede") ? quote(15) : Map.<String, Value>of("order", Value.of("o-1"));
    found.forEach((name, value) -> learn(name, value, Fact.Source.TOOL));
    return Outcome.confirmed(found);
  }

  private Map<String, Value> slots(Instant from) {
    var found = new TreeMap<String, Value>();
    if (noneFree) {
      noneFree = false;
      found.put("slots", Value.of(0));
      return found;
    }
    var start = from;
    for (int i = 1; i <= 3; i++) {
      found.put("slot." + i, Value.of("kim@" + start));
      start = start.plus(i == 1 ? Duration.ofHours(2) : Duration.ofDays(1));
    }
    found.put("slots", Value.of(3));
    return found;
  }

  private static Map<String, Value> booking(Instant start) {
    return Map.of(
        "booking", Value.of("b-1"),
        "booking.start", Value.of(start),
        "booking.state", Value.of("live"));
  }

  private static Map<String, Value> quote(int percent) {
    var total = new Money("USD", LIST.minor() * (100 - percent) / 100);
    return Map.of(
        "quote",
        Value.of("q-1"),
        "quote.list",
        Value.of(LIST),
        "quote.total",
        Value.of(total),
        "quote.percent",
        Value.of(percent),
        "quote.until",
        Value.of(NOW.plus(Duration.ofDays(7))));
  }

  private void learn(String name, Value value, Fact.Source source) {
    facts.put(name, new Fact(value, source, ++seq, 95, NOW, NOW.plus(Duration.ofHours(24))));
  }

  private static Value value(String text) {
    if (text.matches("\\d+")) return Value.of(Long.parseLong(text));
    if (text.matches("\\d{4}-\\d{2}-.*Z")) return Value.of(Instant.parse(text));
    if (text.matches("USD\\d+"))
      return Value.of(new Money("USD", Long.parseLong(text.substring(3))));
    return Value.of(text);
  }

  private String zone() {
    var said = facts.get("time-zone");
    return said == null ? "America/New_York" : said.value().shown();
  }

  private void note(String what) {
    transcript.append("  ").append(role).append(" * ").append(what).append('\n');
  }

  static String shown(Action action) {
    return switch (action) {
      case Action.Book(var slot, _, var zone) -> "book " + slot + " " + zone;
      case Action.Reschedule(var booking, var slot, _, _) -> "reschedule " + booking + " " + slot;
      case Action.FindSlots(var from, var until, _, var part) ->
          "find-slots " + from + " to " + until + part.map(p -> " " + p).orElse("");
      case Action.Quote(var product, var seats) -> "quote " + product + " " + seats;
      case Action.Concede(var quote, var percent) -> "concede " + quote + " " + percent;
      case Action.TakeCommitment(var quote, var total) ->
          "take-commitment " + quote + " " + total.currency() + total.minor();
      case Action.WriteCrm(var fields) -> "write-crm " + String.join(",", fields.keySet());
      case Action.InterpretConsent(var purpose, var state, _) ->
          "interpret-consent " + purpose + " " + state;
      case Action.RequestHandOff(var to, var reason) -> "request-hand-off " + to + " " + reason;
      case Action.TransferToHuman(var reason) -> "transfer-to-human " + reason;
      case Action.ScheduleFollowUp(var at, _) -> "schedule-follow-up " + at;
      case Action.Escalate(var reason) -> "escalate " + reason;
      case Action.Close(var reason) -> "close " + reason;
      case Action other -> other.kind();
    };
  }

  private static Sealed seal(String clear) {
    return new Sealed("s", "transcript", "digest", clear);
  }
}
