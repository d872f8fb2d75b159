package baton.agents;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.policy.Playbook;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// An agent without a model: the first rule of its playbook that fits is taken. A rule whose blanks
/// cannot be filled does not fit, and none is taken twice before something new comes from outside,
/// so that it cannot run in circles. An action with `go-on` lets the rules after this one add what
/// fits.
public final class PlaybookAgent implements Agent {
  private static final String TAKEN = "taken";

  private final Role role;
  private final List<Compiled> rules;

  private record Compiled(
      String id, List<Predicate<Situation>> when, List<SortedMap<String, String>> then) {
    boolean holds(Situation situation) {
      return when.stream().allMatch(atom -> atom.test(situation));
    }

    boolean goesOn() {
      return then.stream().anyMatch(line -> line.containsKey("go-on"));
    }
  }

  /// @throws IllegalArgumentException where a rule says something that cannot be understood
  public PlaybookAgent(Playbook playbook) {
    this.role = playbook.role();
    this.rules = playbook.rules().stream().map(rule -> compiled(playbook, rule)).toList();
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    var situation = Situation.of(briefing);
    var drafting = new Drafting(situation, desk);
    Set<String> taken = situation.anew() ? new LinkedHashSet<>() : taken(notes);
    var actions = new ArrayList<Action>();
    for (var rule : rules) {
      if (taken.contains(rule.id) || !rule.holds(situation)) continue;
      var drafted = drafted(rule, drafting);
      if (drafted.isEmpty()) continue;
      taken.add(rule.id);
      actions.addAll(drafted.get());
      if (!rule.goesOn()) break;
      situation = situation.after(drafted.get());
    }
    var kept = new TreeMap<>(notes);
    kept.put(TAKEN, String.join(" ", taken));
    return new Thought(actions, kept);
  }

  @Override
  public Reply consider(Offer offer) {
    return offer.to().equals(role) ? Reply.YES : Reply.no("not-my-role");
  }

  private static Set<String> taken(Map<String, String> notes) {
    var ids = notes.getOrDefault(TAKEN, "");
    return ids.isEmpty() ? new LinkedHashSet<>() : new LinkedHashSet<>(List.of(ids.split(" ")));
  }

  private static Optional<List<Action>> drafted(Compiled rule, Drafting drafting) {
    var actions = new ArrayList<Action>();
    for (var line : rule.then) {
      var action = drafting.draft(line);
      if (action.isEmpty()) return Optional.empty();
      actions.add(action.get());
    }
    return Optional.of(actions);
  }

  private static Compiled compiled(Playbook playbook, Playbook.Rule rule) {
    try {
      rule.then().forEach(PlaybookAgent::understand);
      return new Compiled(rule.id(), rule.when().stream().map(Atom::of).toList(), rule.then());
    } catch (IllegalArgumentException | DateTimeException problem) {
      throw new IllegalArgumentException(
          "playbook " + playbook.role() + ", rule " + rule.id() + ": " + problem.getMessage(),
          problem);
    }
  }

  private static void understand(Map<String, String> line) {
    var kind = line.getOrDefault("action", "");
    if (!Action.KINDS.contains(kind) && !kind.startsWith("tool:")) {
      throw new IllegalArgumentException("\"" + kind + "\" is no kind of action");
    }
    for (var name : needed(kind)) {
      if (!line.containsKey(name)) {
        throw new IllegalArgumentException("the action " + kind + " needs \"" + name + "\"");
      }
    }
    boolean spoken = Set.of("speak", "ask-consent", "request-commitment").contains(kind);
    if (spoken && !line.containsKey("say") && !line.containsKey("line")) {
      throw new IllegalArgumentException("the action " + kind + " needs \"say\" or \"line\"");
    }
    if (kind.equals("interpret-consent")) Drafting.state(line);
    if (line.containsKey("percent")) Integer.parseInt(line.get("percent"));
    if (line.containsKey("after")) Duration.parse(line.get("after"));
  }

  private static List<String> needed(String kind) {
    return switch (kind) {
      case "disclose" -> List.of("disclosure");
      case "ask-consent" -> List.of("purpose");
      case "interpret-consent" -> List.of("purpose", "state");
      case "request-hand-off" -> List.of("to");
      case "write-crm" -> List.of("fields");
      default -> List.of();
    };
  }
}
