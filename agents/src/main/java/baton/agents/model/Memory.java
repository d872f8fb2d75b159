package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.Prompt;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Sealed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent remembers of the conversation: the last lines that it heard and said, sealed as
/// they came: of its own words those that the buyer was told. Older ones are forgotten; what
/// matters of them is among the facts.
///
/// @param other notes, of the playbook that answers in a model's place
record Memory(List<Line> lines, SortedMap<String, String> other) {
  private static final String LINE = "line.";
  private static final String OTHER = "playbook.";
  private static final String BUYER = "buyer";
  private static final String SELF = "you";

  record Line(String who, Sealed text) {
    private String written() {
      return String.join(
          "\n", who, text.subject(), text.purpose(), text.digest(), text.ciphertext());
    }

    private static Optional<Line> read(String written) {
      var parts = Arrays.asList(written.split("\n", -1));
      if (parts.size() != 5) return Optional.empty();
      var text = new Sealed(parts.get(1), parts.get(2), parts.get(3), parts.get(4));
      return Optional.of(new Line(parts.getFirst(), text));
    }
  }

  static Memory of(SortedMap<String, String> notes) {
    var lines = new ArrayList<Line>();
    var other = new TreeMap<String, String>();
    notes.forEach((name, value) -> {
      if (name.startsWith(LINE)) Line.read(value).ifPresent(lines::add);
      if (name.startsWith(OTHER)) other.put(name.substring(OTHER.length()), value);
    });
    return new Memory(List.copyOf(lines), other);
  }

  Memory hearing(Briefing briefing) {
    var all = new ArrayList<>(lines);
    for (var prompt : briefing.prompts()) {
      if (prompt instanceof Prompt.Heard heard) {
        heard.text().ifPresent(text -> all.add(new Line(BUYER, text)));
      }
      if (prompt instanceof Prompt.Voiced(_, var text)) all.add(new Line(SELF, text));
    }
    return new Memory(List.copyOf(all), other);
  }

  Memory with(SortedMap<String, String> notes) {
    return new Memory(lines, notes);
  }

  SortedMap<String, String> notes(int linesMax) {
    var notes = new TreeMap<String, String>();
    var kept = lines.subList(Math.max(0, lines.size() - linesMax), lines.size());
    for (int i = 0; i < kept.size(); i++) {
      notes.put(LINE + String.format("%04d", i), kept.get(i).written());
    }
    other.forEach((name, value) -> notes.put(OTHER + name, value));
    return notes;
  }

  /// The lines in clear, each as `who: text`; one whose key is gone is left out.
  String read(Desk desk) {
    var text = new StringBuilder();
    for (var line : lines) {
      var clear = desk.read(line.text());
      if (!clear.isEmpty()) text.append(line.who()).append(": ").append(clear).append('\n');
    }
    return text.toString();
  }
}
