package baton.simulation.scenario;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Includes;
import baton.persistence.policy.Nearest;
import baton.persistence.policy.Place;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.persistence.policy.Tree;
import baton.persistence.policy.YamlReader;
import baton.simulation.scenario.Scenario.Act;
import baton.simulation.scenario.Scenario.Choice;
import baton.simulation.scenario.Scenario.Reply;
import baton.simulation.scenario.Scenario.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads scenarios, each strictly and against the policy that it is to be played under: whatever is
/// wrong is a problem with its place, and then there is no scenario.
public final class ScenarioReader {
  /// Buyers that come with the simulator, by the name under which a scenario includes them.
  static final List<String> BUYERS = List.of("crowd", "adversaries");

  private static final int TURNS = 40;

  private final PolicyDocument policy;
  private final Vocabulary vocabulary;
  private final Problems problems;

  /// @param problems collects what is wrong with all that is read
  public ScenarioReader(PolicyDocument policy, Problems problems) {
    this.policy = policy;
    this.vocabulary = Vocabulary.of(policy);
    this.problems = problems;
  }

  /// A file, with the files that it includes beside it.
  public Optional<Scenario> read(Path file) {
    try {
      var folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
      var text = Files.readString(file);
      return ScenarioFile.read(file.toString(), text, Includes.in(folder), problems)
          .flatMap(this::read);
    } catch (IOException unreadable) {
      problems.add(
          new Place(file.toString(), 1, 1),
          "cannot be read as a UTF-8 file: correct its name or its rights");
      return Optional.empty();
    }
  }

  /// One that has been held against the schema. It is read as far as it has its form.
  public Optional<Scenario> read(Tree tree) {
    var traits = new TreeMap<String, List<Choice>>();
    var replies = new ArrayList<Tree>();
    gather(tree, traits, replies);
    var read = new ArrayList<Reply>();
    tree.get("opening").ifPresent(opening -> read.add(opening(opening, traits)));
    replies.forEach(reply -> read.add(reply(reply, traits)));
    var buyer = tree.get("buyer").orElse(tree);
    zone(buyer, traits);
    buyer.get("region").ifPresent(region -> blanks(region, buyer.text("region"), traits));
    var expectations =
        new ExpectationReader(policy, vocabulary, problems).read(tree.list("expect"));
    if (!problems.none()) return Optional.empty();
    return Optional.of(
        new Scenario(
            tree.text("scenario"),
            tree.text("shows"),
            buyer.text("zone"),
            buyer.text("region"),
            tree.texts("operators").stream().map(Tree.Text::value).toList(),
            tree.get("turns").isPresent() ? (int) tree.whole("turns") : TURNS,
            traits,
            read,
            expectations));
  }

  /// What a scenario has itself comes before what it includes.
  private void gather(Tree tree, TreeMap<String, List<Choice>> traits, List<Tree> replies) {
    if (tree.get("traits").orElse(tree) instanceof Tree.Members(_, var own, _)
        && tree.get("traits").isPresent()) {
      own.forEach((name, choices) -> traits.putIfAbsent(name, choices(choices)));
    }
    replies.addAll(tree.list("replies"));
    for (var include : tree.list("include")) {
      switch (include) {
        case Tree.Text name when BUYERS.contains(name.value()) ->
            gather(buyers(name.value()), traits, replies);
        case Tree.Text name ->
            problems.add(
                name.at(),
                "there are no buyers called \""
                    + name.value()
                    + "\": name "
                    + String.join(", ", BUYERS)
                    + " or a .yaml file"
                    + Nearest.to(name.value(), BUYERS));
        case Tree other -> gather(other, traits, replies);
      }
    }
  }

  private static Tree buyers(String name) {
    var file = "/baton/simulation/buyers/" + name + ".yaml";
    try (var in = ScenarioReader.class.getResourceAsStream(file)) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return YamlReader.read(name, text, new Problems()).orElseThrow();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static List<Choice> choices(Tree tree) {
    return switch (tree) {
      case Tree.Items(_, var values) ->
          values.stream()
              .filter(Tree.Text.class::isInstance)
              .map(value -> new Choice(((Tree.Text) value).value(), 1))
              .toList();
      // In the order of their names, so that the stored form of a policy draws alike.
      case Tree.Members members ->
          new TreeMap<>(members.values())
              .entrySet().stream()
                  .map(each -> new Choice(each.getKey(), weight(each.getValue())))
                  .toList();
      case Tree.Text _, Tree.Whole _, Tree.Truth _ -> List.of();
    };
  }

  private static int weight(Tree tree) {
    return tree instanceof Tree.Whole(_, var weight) ? (int) weight : 0;
  }

  // --- the buyer

  private void zone(Tree buyer, Map<String, List<Choice>> traits) {
    var zone = buyer.get("zone", Tree.Text.class);
    if (zone.isEmpty()) return;
    var text = zone.get().value();
    blanks(zone.get(), text, traits);
    var blank = Draw.BLANK.matcher(text);
    var all =
        blank.matches()
            ? traits.getOrDefault(blank.group(1), List.of()).stream().map(Choice::value).toList()
            : List.of(text);
    for (var name : all) {
      try {
        ZoneId.of(name);
      } catch (DateTimeException unknown) {
        problems.add(
            zone.get().at(),
            "\"" + name + "\" is no time zone: write an IANA name such as America/Denver");
      }
    }
  }

  private Reply opening(Tree opening, Map<String, List<Choice>> traits) {
    var nothing = Optional.<String>empty();
    var first = new When(nothing, nothing, nothing, nothing, nothing, OptionalInt.of(1), Map.of());
    return new Reply(first, 1, List.of(new Act.Say(wordings(opening, traits))));
  }

  private Reply reply(Tree tree, Map<String, List<Choice>> traits) {
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
            wanted(tree, traits));
    int times = tree.get("times").isPresent() ? (int) tree.whole("times") : Integer.MAX_VALUE;
    var acts = new ArrayList<Act>();
    act(tree, traits).ifPresent(acts::add);
    for (var each : tree.list("do")) act(each, traits).ifPresent(acts::add);
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

  private Map<String, Set<String>> wanted(Tree reply, Map<String, List<Choice>> traits) {
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

  private static final List<String> ACTS =
      List.of("say", "grants", "refuses", "takes-over", "operator-says", "hands-back", "fault");

  private Optional<Act> act(Tree tree, Map<String, List<Choice>> traits) {
    var name = ACTS.stream().filter(act -> tree.get(act).isPresent()).findFirst();
    if (name.isEmpty()) return Optional.empty();
    var text = tree.text(name.get());
    return switch (name.get()) {
      case "say" -> Optional.of(new Act.Say(wordings(tree.get("say").orElseThrow(), traits)));
      case "grants" -> Optional.of(new Act.Grant(text));
      case "refuses" -> Optional.of(new Act.Refuse(text));
      case "takes-over" -> Optional.of(new Act.TakeOver(text));
      case "operator-says" -> {
        blanks(tree.get("operator-says").orElseThrow(), text, traits);
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

  private List<String> wordings(Tree say, Map<String, List<Choice>> traits) {
    var wordings = new ArrayList<String>();
    if (say instanceof Tree.Text(_, var text)) wordings.add(text);
    if (say instanceof Tree.Items(_, var values)) {
      for (var value : values) {
        if (value instanceof Tree.Text(_, var text)) wordings.add(text);
      }
    }
    wordings.forEach(text -> blanks(say, text, traits));
    return wordings;
  }

  private void blanks(Tree at, String text, Map<String, List<Choice>> traits) {
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
