package baton.simulation.scenario;

import baton.persistence.policy.Nearest;
import baton.persistence.policy.Problems;
import baton.persistence.policy.Tree;
import baton.simulation.scenario.Scenario.Act;
import baton.simulation.scenario.Scenario.Choice;
import baton.simulation.scenario.Scenario.Reply;
import baton.simulation.scenario.Scenario.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what a buyer does by what the agent did.
///
/// @param traits that the buyer is drawn with
record ReplyReader(Vocabulary vocabulary, Map<String, List<Choice>> traits, Problems problems) {
  private static final List<String> ACTS =
      List.of("say", "grants", "refuses", "takes-over", "operator-says", "hands-back", "fault");

  Reply opening(Tree opening) {
    var nothing = Optional.<String>empty();
    var first = new When(nothing, nothing, nothing, nothing, nothing, OptionalInt.of(1), Map.of());
    return new Reply(first, 1, List.of(new Act.Say(wordings(opening))));
  }

  Reply reply(Tree tree) {
    var when =
        new When(
            one(tree, "asks", vocabulary.topics(), "question about"),
            tree.get("hears", Tree.Text.class).map(Tree.Text::value),
            one(tree, "after", vocabulary.effects(), "action that can take place called"),
            one(tree, "waits", vocabulary.rights(), "right"),
            one(tree, "holder", vocabulary.roles(), "role"),
            tree.get("turn").isPresent()
                ? OptionalInt.of((int) tree.whole("turn"))
                : OptionalInt.empty(),
            wanted(tree));
    int times = tree.get("times").isPresent() ? (int) tree.whole("times") : Integer.MAX_VALUE;
    var acts = new ArrayList<Act>();
    act(tree).ifPresent(acts::add);
    for (var each : tree.list("do")) act(each).ifPresent(acts::add);
    boolean direct = ACTS.stream().filter(name -> tree.get(name).isPresent()).count() == 1;
    boolean several = tree.get("do").isPresent();
    if (direct == several || ACTS.stream().filter(name -> tree.get(name).isPresent()).count() > 1) {
      problems.add(
          tree.at(),
          "a reply does one thing, such as say, or several in order under do: write one of the two");
    }
    return new Reply(when, times, acts);
  }

  /// A name that the policy has; anything where it is not known which there are.
  private Optional<String> one(Tree tree, String key, Set<String> names, String what) {
    var text = tree.get(key, Tree.Text.class);
    if (!names.isEmpty()) {
      text.ifPresent(name -> Vocabulary.known(name, name.value(), names, what, problems));
    }
    return text.map(Tree.Text::value);
  }

  private Map<String, Set<String>> wanted(Tree reply) {
    var wanted = new TreeMap<String, Set<String>>();
    if (!(reply.get("trait").orElse(null) instanceof Tree.Members members)) return wanted;
    for (var name : members.values().keySet()) {
      var at = members.keys().get(name);
      if (!traits.containsKey(name)) {
        problems.add(
            at, "there is no trait \"" + name + "\": add it" + Nearest.to(name, traits.keySet()));
        continue;
      }
      var values = new TreeSet<String>();
      members.get(name, Tree.Text.class).map(Tree.Text::value).ifPresent(values::add);
      members.texts(name).forEach(value -> values.add(value.value()));
      var drawn = traits.get(name).stream().map(Choice::value).toList();
      for (var value : values) {
        if (drawn.contains(value)) continue;
        problems.add(
            members.at(name),
            "the trait "
                + name
                + " is never \""
                + value
                + "\": correct it"
                + Nearest.to(value, drawn));
      }
      wanted.put(name, values);
    }
    return wanted;
  }

  // --- what is done

  private Optional<Act> act(Tree tree) {
    var name = ACTS.stream().filter(act -> tree.get(act).isPresent()).findFirst();
    if (name.isEmpty()) return Optional.empty();
    var text = tree.text(name.get());
    return switch (name.get()) {
      case "say" -> Optional.of(new Act.Say(wordings(tree.get("say").orElseThrow())));
      case "grants" -> Optional.of(new Act.Grant(text));
      case "refuses" -> Optional.of(new Act.Refuse(text));
      case "takes-over" -> Optional.of(new Act.TakeOver(text));
      case "operator-says" -> {
        blanks(tree.get("operator-says").orElseThrow(), text);
        yield Optional.of(new Act.Speak(text));
      }
      case "hands-back" -> Optional.of(new Act.HandBack(text));
      default -> fault(tree.get("fault").orElseThrow(), text).map(Act.Suffer::new);
    };
  }

  private Optional<Fault> fault(Tree at, String text) {
    var fault = Fault.parse(text);
    if (fault.isEmpty()) {
      problems.add(at.at(), "\"" + text + "\" is no fault: write one of " + Fault.FORMS);
    }
    fault
        .flatMap(Fault::concerns)
        .ifPresent(kind ->
            Vocabulary.known(
                at, kind, vocabulary.effects(), "action that can take place called", problems));
    return fault;
  }

  private List<String> wordings(Tree say) {
    var wordings = new ArrayList<String>();
    if (say instanceof Tree.Text(_, var text)) wordings.add(text);
    if (say instanceof Tree.Items(_, var values)) {
      for (var value : values) {
        if (value instanceof Tree.Text(_, var text)) wordings.add(text);
      }
    }
    wordings.forEach(text -> blanks(say, text));
    return wordings;
  }

  void blanks(Tree at, String text) {
    var blank = Draw.BLANK.matcher(text);
    while (blank.find()) {
      if (traits.containsKey(blank.group(1))) continue;
      problems.add(
          at.at(),
          "there is no trait \""
              + blank.group(1)
              + "\" to fill {"
              + blank.group(1)
              + "} with: add it"
              + Nearest.to(blank.group(1), traits.keySet()));
    }
  }
}
