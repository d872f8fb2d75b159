package baton.persistence.policy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the part of YAML that says the same to everybody: mappings, lists, text, whole numbers,
/// true and false. Whatever makes one text mean two things is refused with its place.
public final class YamlReader {
  static final int DEPTH_MAX = 32;

  /// Largest whole number that every JSON reader keeps exactly, RFC 7493.
  private static final long WHOLE_MAX = (1L << 53) - 1;

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,15})");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|0[xob][0-9a-fA-F]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern MISREAD = Pattern.compile("(?i)yes|no|on|off|true|false|null");

  private final String file;
  private final Problems problems;
  private final Iterator<Event> events;

  private YamlReader(String file, Problems problems, Iterator<Event> events) {
    this.file = file;
    this.problems = problems;
    this.events = events;
  }

  /// Empty where the text is no YAML at all; then a problem says so.
  public static Optional<Tree> read(String file, String yaml, Problems problems) {
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setUseMarks(true)
            .setCodePointLimit(Integer.MAX_VALUE);
    try {
      var parse = new Parse(settings.build());
      var reader = new YamlReader(file, problems, parse.parseString(yaml).iterator());
      return reader.document();
    } catch (MarkedYamlEngineException broken) {
      var at = broken.getProblemMark().map(mark -> place(file, mark)).orElse(top(file));
      problems.add(at, "this is not YAML: " + broken.getProblem());
    } catch (YamlEngineException broken) {
      problems.add(top(file), "this is not YAML: " + broken.getMessage());
    } catch (TooDeep deep) {
      problems.add(deep.at, "nested deeper than " + DEPTH_MAX + " levels: flatten it");
    }
    return Optional.empty();
  }

  private Optional<Tree> document() {
    events.next(); // the stream's start
    var start = events.next();
    if (start.getEventId() != Event.ID.DocumentStart) {
      problems.add(top(file), "the file is empty: write a document, see docs/policy.md");
      return Optional.empty();
    }
    var tree = tree(events.next(), 0);
    events.next(); // the document's end
    var next = events.next();
    if (next.getEventId() != Event.ID.StreamEnd) {
      problems.add(place(next), "a second document begins here: write one document a file");
    }
    return Optional.of(tree);
  }

  private Tree tree(Event event, int depth) {
    var at = place(event);
    if (depth > DEPTH_MAX) throw new TooDeep(at);
    if (event instanceof AliasEvent) {
      problems.add(at, "aliases (*) are not read: write the value out");
      return new Tree.Text(at, "");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      problems.add(at, "anchors (&) are not read: write the value out where it is needed");
    }
    return switch (event.getEventId()) {
      case MappingStart -> members(at, depth);
      case SequenceStart -> items(at, depth);
      case Scalar -> leaf(at, (ScalarEvent) event);
      case Alias,
          Comment,
          DocumentStart,
          DocumentEnd,
          MappingEnd,
          SequenceEnd,
          StreamStart,
          StreamEnd ->
          throw new IllegalStateException("the parser gave " + event.getEventId());
    };
  }

  private Tree items(Place at, int depth) {
    var values = new ArrayList<Tree>();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      values.add(tree(event, depth + 1));
    }
    return new Tree.Items(at, values);
  }

  private Tree members(Place at, int depth) {
    var values = new LinkedHashMap<String, Tree>();
    var keys = new LinkedHashMap<String, Place>();
    for (var event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      var place = place(event);
      var name = event instanceof ScalarEvent scalar ? whole(place, scalar.getValue()) : "";
      if (!(event instanceof ScalarEvent)) {
        problems.add(place, "a key must be text");
        if (!(event instanceof AliasEvent)) tree(event, depth + 1);
      } else if (name.equals("<<")) {
        problems.add(place, "merge keys (<<) are not read: write the members out");
      }
      var value = tree(events.next(), depth + 1);
      var first = keys.putIfAbsent(name, place);
      if (first == null) {
        values.put(name, value);
      } else if (event instanceof ScalarEvent) {
        problems.add(
            place,
            "the key \""
                + name
                + "\" is there twice (first in line "
                + first.line()
                + "): remove one");
      }
    }
    return new Tree.Members(at, values, keys);
  }

  private Tree leaf(Place at, ScalarEvent scalar) {
    var text = whole(at, scalar.getValue());
    if (scalar.getTag().isPresent()) {
      problems.add(at, "tags (!) are not read: write the plain value");
    }
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) return new Tree.Text(at, text);
    if (text.equals("true") || text.equals("false")) return new Tree.Truth(at, text.equals("true"));
    if (WHOLE.matcher(text).matches() && Math.abs(Long.parseLong(text)) <= WHOLE_MAX) {
      return new Tree.Whole(at, Long.parseLong(text));
    }
    if (text.isEmpty() || text.equals("~") || text.equals("null")) {
      problems.add(at, "there is no value here: write one, or remove the key");
    } else if (NUMBER.matcher(text).matches()) {
      problems.add(
          at,
          text
              + " is not a whole number of at most 15 digits: write whole numbers of the smallest"
              + " unit, or put the text in quotes");
    } else if (MISREAD.matcher(text).matches()) {
      problems.add(
          at,
          text
              + " is read differently by different readers: put the text in quotes, or write"
              + " true or false");
    }
    return new Tree.Text(at, text);
  }

  /// Half a character has no UTF-8 form, so two different documents could have one hash.
  private String whole(Place at, String text) {
    boolean half = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    if (half) problems.add(at, "half of a surrogate pair is no text: write the whole character");
    return text;
  }

  private Place place(Event event) {
    return event.getStartMark().map(mark -> place(file, mark)).orElse(top(file));
  }

  private static Place place(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  static Place top(String file) {
    return new Place(file, 1, 1);
  }

  @SuppressWarnings("serial") // never leaves this class
  private static final class TooDeep extends RuntimeException {
    private final transient Place at;

    TooDeep(Place at) {
      super(null, null, false, false);
      this.at = at;
    }
  }
}
