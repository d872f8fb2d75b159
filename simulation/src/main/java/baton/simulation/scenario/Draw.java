package baton.simulation.scenario;

import baton.simulation.scenario.Scenario.Choice;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What chance has given one conversation: the buyer's traits, then one wording after the other.
final class Draw {
  /// A trait's name in words.
  static final Pattern BLANK = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

  private final RandomGenerator chance;
  private final Map<String, String> traits = new TreeMap<>();

  Draw(SortedMap<String, List<Choice>> traits, RandomGenerator chance) {
    this.chance = chance;
    traits.forEach((name, choices) -> this.traits.put(name, one(choices)));
  }

  String trait(String name) {
    return traits.getOrDefault(name, "");
  }

  String wording(List<String> wordings) {
    return fill(wordings.get(wordings.size() == 1 ? 0 : chance.nextInt(wordings.size())));
  }

  String fill(String text) {
    return BLANK.matcher(text).replaceAll(blank -> Matcher.quoteReplacement(trait(blank.group(1))));
  }

  private String one(List<Choice> choices) {
    int left = chance.nextInt(choices.stream().mapToInt(Choice::weight).sum());
    for (var choice : choices) {
      left -= choice.weight();
      if (left < 0) return choice.value();
    }
    throw new IllegalStateException("more was drawn than there is");
  }
}
