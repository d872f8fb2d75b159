package baton.simulation.cli;

import baton.simulation.Played;
import baton.simulation.scenario.Results;
import baton.simulation.scenario.Scenario;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The results in the form that build servers read: a suite for each scenario, in it a case for
/// each conversation, or one for all conversations of a scenario that varies. Times are virtual.
final class JunitXml {
  /// Of one scenario; the others are counted.
  private static final int FAILURES_MAX = 20;

  private final Map<String, List<Played>> failures = new HashMap<>();
  private final Map<String, Duration> times = new HashMap<>();

  void add(Played played) {
    times.merge(played.scenario(), length(played), Duration::plus);
    if (played.unmet().isEmpty()) return;
    var kept = failures.computeIfAbsent(played.scenario(), _ -> new ArrayList<>());
    if (kept.size() < FAILURES_MAX) kept.add(played);
  }

  private static Duration length(Played played) {
    var timeline = played.timeline();
    return timeline.isEmpty()
        ? Duration.ZERO
        : Duration.between(timeline.getFirst().at(), timeline.getLast().at());
  }

  String xml(Results results) {
    var text = new StringWriter();
    try {
      var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      long failed = results.lines().stream().filter(line -> !line.met()).count();
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "baton simulate");
      xml.writeAttribute("tests", Integer.toString(results.lines().size()));
      xml.writeAttribute("failures", Long.toString(failed));
      for (var line : results.lines()) suite(xml, line);
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException unwritable) {
      throw new IllegalStateException("the results could not be put as XML", unwritable);
    }
    return text + "\n";
  }

  private void suite(XMLStreamWriter xml, Results.Line line) throws XMLStreamException {
    var name = line.scenario().name();
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", "1");
    xml.writeAttribute("failures", line.met() ? "0" : "1");
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(name));
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "baton.scenario");
    xml.writeAttribute("name", title(line));
    xml.writeAttribute("time", seconds(name));
    if (!line.met()) failure(xml, line);
    xml.writeEndElement();
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private String seconds(String scenario) {
    return Long.toString(times.getOrDefault(scenario, Duration.ZERO).toSeconds());
  }

  private static String title(Results.Line line) {
    Scenario scenario = line.scenario();
    return line.played() == 1
        ? scenario.name()
        : scenario.name() + " (" + line.played() + " conversations)";
  }

  private void failure(XMLStreamWriter xml, Results.Line line) throws XMLStreamException {
    var kept = failures.getOrDefault(line.scenario().name(), List.of());
    var reasons = new ArrayList<>(line.unmet());
    kept.stream().limit(1).forEach(played -> reasons.addAll(played.unmet()));
    xml.writeCharacters("\n      ");
    xml.writeStartElement("failure");
    xml.writeAttribute("message", legal(String.join("; ", reasons)));
    xml.writeAttribute("type", "unmet");
    xml.writeCharacters("\n");
    for (var unmet : line.unmet()) xml.writeCharacters(legal(unmet) + "\n");
    for (var played : kept) xml.writeCharacters(legal(Transcript.of(played)) + "\n");
    int others = line.failed() - kept.size();
    if (others > 0) xml.writeCharacters("and " + others + " more conversations\n");
    xml.writeEndElement();
    xml.writeCharacters("\n    ");
  }

  /// Without what XML 1.0 has no form for.
  private static String legal(String text) {
    return text.codePoints()
        .filter(c -> c >= 0x20 && c != 0xFFFE && c != 0xFFFF || c == '\n' || c == '\t')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
