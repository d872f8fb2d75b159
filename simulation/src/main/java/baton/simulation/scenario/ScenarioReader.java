package baton.simulation.scenario;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Includes;
import baton.persistence.policy.Nearest;
import baton.persistence.policy.Place;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.persistence.policy.Tree;
import baton.persistence.policy.YamlReader;
import baton.simulation.scenario.Scenario.Choice;
import baton.simulation.scenario.Scenario.Reply;
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
import java.util.TreeMap;

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
      var unfit = unfit(file);
      if (unfit.isPresent()) return none(file, unfit.get());
      var folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
      var text = Files.readString(file);
      return ScenarioFile.read(file.toString(), text, Includes.in(folder), problems)
          .flatMap(this::read);
    } catch (IOException unreadable) {
      return none(file, "cannot be read as a UTF-8 file: correct its form or its rights");
    }
  }

  /// Before it is read: what is too large for a scenario may be too large for memory.
  private static Optional<String> unfit(Path file) throws IOException {
    if (!Files.exists(file)) return Optional.of("there is no such file: correct its name");
    if (Files.isDirectory(file)) return Optional.of("this is a folder: name the files in it");
    return Files.size(file) > PolicyCompiler.SIZE_MAX_BYTES
        ? Optional.of("larger than 1 MiB: a scenario is text, not data")
        : Optional.empty();
  }

  private Optional<Scenario> none(Path file, String why) {
    problems.add(new Place(file.toString(), 1, 1), why);
    return Optional.empty();
  }

  /// One that has been held against the schema. It is read as far as it has its form.
  public Optional<Scenario> read(Tree tree) {
    var traits = new TreeMap<String, List<Choice>>();
    var replies = new ArrayList<Tree>();
    gather(tree, traits, replies);
    var reader = new ReplyReader(vocabulary, traits, problems);
    var read = new ArrayList<Reply>();
    tree.get("opening").map(reader::opening).ifPresent(read::add);
    replies.stream().map(reader::reply).forEach(read::add);
    var buyer = tree.get("buyer").orElse(tree);
    buyer.get("zone", Tree.Text.class).ifPresent(zone -> zone(zone, traits));
    for (var key : List.of("zone", "region")) {
      buyer.get(key).ifPresent(text -> reader.blanks(text, buyer.text(key)));
    }
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

  private void zone(Tree.Text zone, Map<String, List<Choice>> traits) {
    var blank = Draw.BLANK.matcher(zone.value());
    var all =
        blank.matches()
            ? traits.getOrDefault(blank.group(1), List.of()).stream().map(Choice::value).toList()
            : List.of(zone.value());
    for (var name : all) {
      try {
        ZoneId.of(name);
      } catch (DateTimeException unknown) {
        problems.add(
            zone.at(),
            "\"" + name + "\" is no time zone: write an IANA name such as America/Denver");
      }
    }
  }
}
