package baton.agents;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.policy.Playbook;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// An agent without a model. Of its playbook's rules the first that fits is taken; a rule with
/// `go-on` lets what comes after it add to the answer. Where no rule has the last word, and one
/// went on or something new came from outside, the first goal is pursued that is not reached. A
/// rule whose blanks cannot be filled does not fit, and none is taken twice before something new
/// comes, so that it cannot run in circles.
///
/// What its first words under a lease disclose is disclosed before any later words too where it has
/// not been: the first ones may never have been said.
public final class PlaybookAgent implements Agent {
  private final Role role;
  private final List<Compiled> rules;
  private final Set<String> disclosures;
  private final Goals goals;

  private record Compiled(
      String id, Predicate<Situation> when, List<SortedMap<String, String>> then) {
    boolean goesOn() {
      return then.stream().anyMatch(line -> line.containsKey("go-on"));
    }
  }

  /// @throws IllegalArgumentException where it says something that cannot be understood
  public PlaybookAgent(Playbook playbook) {
    this.role = playbook.role();
    for (var goal : playbook.goals()) {
      understood(playbook, "goal " + goal.id(), () -> understand(goal.when(), goal.then()));
    }
    for (var rule : playbook.rules()) {
      understood(playbook, "rule " + rule.id(), () -> understand(rule.when(), rule.then()));
    }
    this.rules =
        playbook.rules().stream()
            .map(rule -> new Compiled(rule.id(), Atom.all(rule.when()), rule.then()))
            .toList();
    this.disclosures =
        playbook.rules().stream()
            .filter(rule -> rule.when().contains("started"))
            .flatMap(rule -> rule.then().stream())
            .filter(line -> line.getOrDefault("action", "").equals("disclose"))
            .map(line -> line.get("disclosure"))
            .collect(Collectors.toCollection(TreeSet::new));
    this.goals = new Goals(playbook);
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> stored, Desk desk) {
    var situation = Situation.of(briefing, Notes.of(stored));
    var notes = situation.anew() ? situation.notes().anew() : situation.notes();
    var day = situation.dayNamed();
    if (day.isPresent()) notes = notes.keep("day", day.get().toString());
    var owed = new TreeSet<>(disclosures);
    owed.removeAll(briefing.disclosed());
    var answer = new Answer(situation, desk, owed);
    boolean open = true;
    boolean goesOn = situation.anew();
    for (var rule : rules) {
      if (notes.taken().contains(rule.id) || !rule.when.test(situation)) continue;
      var drafted = answer.drafted(rule.then);
      if (drafted.isEmpty()) continue;
      notes = notes.take(rule.id);
      answer.add(drafted.get());
      open = rule.goesOn();
      if (!open) break;
      goesOn = true;
      situation = situation.after(drafted.get());
    }
    if (!open || !goesOn) return answer.thought(notes);
    for (var step : goals.next(situation.with(notes))) {
      var drafted = answer.drafted(step.lines());
      if (drafted.isEmpty()) continue;
      answer.add(drafted.get());
      return answer.thought(step.notes());
    }
    return answer.thought(notes);
  }

  @Override
  public Reply consider(Offer offer) {
    return offer.to().equals(role) ? Reply.YES : Reply.no("not-my-role");
  }

  private static void understood(Playbook playbook, String what, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException | DateTimeException problem) {
      throw new IllegalArgumentException(
          "playbook " + playbook.role() + ", " + what + ": " + problem.getMessage(), problem);
    }
  }

  private static void understand(List<String> when, List<SortedMap<String, String>> then) {
    Atom.all(when);
    then.forEach(PlaybookAgent::understand);
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
    if (kind.equals("find-slots")) Drafting.window(line);
    if (kind.equals("concede")) Drafting.understandPercent(line);
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

  /// An answer in the making. Sentences that follow one another become one message.
  private static final class Answer {
    private final Drafting drafting;
    private final Set<String> owed;
    private final List<Drafting.Piece> pieces = new ArrayList<>();

    /// @param owed disclosures that come before the first words
    Answer(Situation situation, Desk desk, Set<String> owed) {
      this.drafting = new Drafting(situation, desk);
      this.owed = owed;
    }

    /// All of a rule's actions, or none of them.
    Optional<List<Drafting.Piece>> drafted(List<? extends Map<String, String>> lines) {
      var drafted = new ArrayList<Drafting.Piece>();
      for (var line : lines) {
        var piece = drafting.draft(line);
        if (piece.isEmpty()) return Optional.empty();
        drafted.add(piece.get());
      }
      return Optional.of(drafted);
    }

    void add(List<Drafting.Piece> more) {
      for (var piece : more) {
        boolean joins =
            !pieces.isEmpty()
                && pieces.getLast() instanceof Drafting.Said
                && piece instanceof Drafting.Said;
        if (joins) {
          var before = (Drafting.Said) pieces.removeLast();
          pieces.add(before.and((Drafting.Said) piece));
        } else {
          pieces.add(piece);
        }
      }
    }

    Thought thought(Notes notes) {
      var actions = disclosed(pieces.stream().map(drafting::action).toList());
      var kept = notes;
      for (var action : actions) {
        if (action instanceof Action.FindSlots(var from, _, _, _)) {
          kept = kept.keep("looked", from.toString());
        }
      }
      return new Thought(actions, kept.stored());
    }

    private List<Action> disclosed(List<Action> actions) {
      var disclosed = new ArrayList<Action>();
      var due = new TreeSet<>(owed);
      for (var action : actions) {
        switch (action) {
          case Action.Disclose disclose -> due.remove(disclose.disclosure());
          case Action.Spoken _ -> {
            due.forEach(name -> disclosed.add(Drafting.disclose(name)));
            due.clear();
          }
          case Action _ -> {}
        }
        disclosed.add(action);
      }
      return disclosed;
    }
  }
}
