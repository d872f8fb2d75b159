package baton.runtime.docs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether what was shown is what the page shows, but for what differs from run to run. Ids and
/// tokens may differ, yet each one of the page stands for the same one everywhere.
final class Likeness {
  private static final String CONVERSATION = "\\b(?:c-[0-9a-f]{32}|demo-[0-9])";

  /// What may differ, and how it looks. What looks like two of them is the first.
  private enum Varying {
    BUYERS_TOKEN(CONVERSATION + "\\.[A-Za-z0-9_-]{43}"),
    /// A conversation, and within it a proposal, a permit, an approval or a key.
    ID(CONVERSATION + "(?:\\.[0-9]+(?:\\.[0-9a-f]{16})?)?"),
    /// A quote, an order, an appointment.
    THING("\\b[a-z][0-9a-f]{20}\\b"),
    /// The operator's token, or a policy's version, whole or short.
    DIGEST("\\b(?:[0-9a-f]{64}|[0-9a-f]{12})\\b"),
    TIME("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"),
    LOG_TIME("^[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}"),
    SLOT("\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2}, [0-9]{2}:[0-9]{2}"),
    /// Of an event, an effect or a process.
    NUMBER("(?<=\"(?:seq|n)\":)[0-9]+|(?<=^id: )[0-9]+|(?<=process )[0-9]+"),
    SECONDS("(?<=after |, in )[0-9]+\\.[0-9](?= s)"),
    /// How much there was to read.
    COUNT("\\b[0-9,]+(?= (?:events?|claims?|conversations?|journals|have changed)\\b)"),
    PORT("(?<=127\\.0\\.0\\.1:)[0-9]+");

    private final String look;

    Varying(String look) {
      this.look = look;
    }

    boolean isIn(MatchResult found) {
      return found.group(name().replace("_", "")) != null;
    }

    static Varying of(MatchResult found) {
      return Stream.of(values()).filter(kind -> kind.isIn(found)).findFirst().orElseThrow();
    }

    boolean isName() {
      return this == BUYERS_TOKEN || this == ID || this == THING;
    }
  }

  private static final Pattern ANY =
      Pattern.compile(
          Stream.of(Varying.values())
              .map(kind -> "(?<" + kind.name().replace("_", "") + ">" + kind.look + ")")
              .collect(Collectors.joining("|")));

  /// Ids and tokens of the pages, and what they are in this run.
  private final Map<String, String> meant = new HashMap<>();

  /// Takes note of what stands for what, where the lines are alike.
  boolean alike(String page, String shown) {
    if (!bare(page).equals(bare(shown))) return false;
    var ours = ANY.matcher(page);
    var theirs = ANY.matcher(shown);
    while (ours.find() && theirs.find()) {
      if (!Varying.of(ours).isName()) continue;
      var before = meant.putIfAbsent(ours.group(), theirs.group());
      if (before != null && !before.equals(theirs.group())) return false;
    }
    return true;
  }

  /// A line of the page with the ids and tokens of this run.
  String meant(String page) {
    return ANY.matcher(page)
        .replaceAll(
            found -> Matcher.quoteReplacement(meant.getOrDefault(found.group(), found.group())));
  }

  private static String bare(String line) {
    return ANY.matcher(line).replaceAll(found -> "<" + Varying.of(found) + ">");
  }
}
