package baton.persistence.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;

/// Zones exist, lengths of time are lengths, and hours begin before they end.
final class TimeMeaning {
  private static final List<String> TIMING =
      List.of("permit", "think", "silence", "approval", "human", "followUp");

  private TimeMeaning() {}

  static void check(Tree document, Problems problems) {
    zone(document, problems);
    document
        .get("timing")
        .ifPresent(timing -> TIMING.forEach(name -> positive(timing, name, problems)));
    document.get("outreach").ifPresent(outreach -> outreach(outreach, problems));
    for (var edge : document.list("transitions")) positive(edge, "answerWithin", problems);
    for (var hours : document.list("hours")) {
      var from = hours.text("from");
      var until = hours.text("until");
      if (!from.isEmpty() && !until.isEmpty() && from.compareTo(until) >= 0) {
        problems.add(hours.at("until"), "until comes before from: write hours within one day");
      }
    }
    freshness(document, problems);
  }

  private static void outreach(Tree outreach, Problems problems) {
    positive(outreach, "pace", problems);
    for (var wait : outreach.texts("again")) positive(wait, problems);
  }

  private static void freshness(Tree document, Problems problems) {
    var first = new HashMap<String, Place>();
    for (var clause : document.list("freshness")) {
      positive(clause, "freshFor", problems);
      for (var fact : clause.texts("facts")) {
        var before = first.putIfAbsent(fact.value(), fact.at());
        if (before != null) {
          problems.add(
              fact.at(),
              "the freshness of \""
                  + fact.value()
                  + "\" is said twice (first in line "
                  + before.line()
                  + "): remove one");
        }
      }
    }
  }

  private static void zone(Tree document, Problems problems) {
    var zone = document.text("zone");
    if (zone.isEmpty() || ZoneId.getAvailableZoneIds().contains(zone)) return;
    problems.add(
        document.at("zone"),
        "there is no time zone \"" + zone + "\": write an IANA name such as Europe/Berlin");
  }

  private static void positive(Tree tree, String name, Problems problems) {
    tree.get(name, Tree.Text.class).ifPresent(text -> positive(text, problems));
  }

  private static void positive(Tree.Text text, Problems problems) {
    if (text.value().isEmpty()) return; // the schema says so
    try {
      if (!Duration.parse(text.value()).isPositive()) {
        problems.add(text.at(), "a length of time is longer than nothing: raise it");
      }
    } catch (DateTimeException | ArithmeticException unreadable) {
      problems.add(text.at(), "\"" + text.value() + "\" is no length of time: write PT20S or P7D");
    }
  }
}
