package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Utterances with the signals that should be read in them; README.md beside them says how they are
/// written.
///
/// @param section the heading it stands under
/// @param text what was typed
/// @param expected signals as `name` or `name=value`
record Corpus(String file, int line, String section, String text, Set<String> expected) {
  static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  static final ZoneId DENVER = ZoneId.of("America/Denver");

  private static final Pattern REPEATED = Pattern.compile("<<(\\d+) ([^>]*)>>");
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd'T'HH:mm");
  private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

  static List<Corpus> read(String file) throws IOException {
    try (var in = Corpus.class.getResourceAsStream("/corpus/" + file)) {
      var rows = new ArrayList<Corpus>();
      var section = "";
      int number = 0;
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        number++;
        if (line.startsWith("## ")) section = line.substring(3).trim();
        if (line.isBlank() || line.startsWith("# ") || line.startsWith("## ")) continue;
        int bar = line.lastIndexOf('|');
        if (bar < 0) throw new IllegalArgumentException(file + ":" + number + ": no | in it");
        var expected = new TreeSet<String>();
        for (var part : line.substring(bar + 1).trim().split("\\s+")) {
          if (!part.isEmpty()) expected.add(part);
        }
        rows.add(new Corpus(file, number, section, unfolded(line.substring(0, bar)), expected));
      }
      return rows;
    }
  }

  /// `\u200b` is that character, `<<300 bla >>` is 300 times "bla ".
  private static String unfolded(String text) {
    var repeated =
        REPEATED
            .matcher(text.trim())
            .replaceAll(hit -> hit.group(2).repeat(Integer.parseInt(hit.group(1))));
    return ESCAPED
        .matcher(repeated)
        .replaceAll(hit -> Character.toString(Integer.parseInt(hit.group(1), 16)));
  }

  /// What was read, in the words of the corpus: with the value where one is expected for this
  /// signal or where it always matters.
  static TreeSet<String> shown(List<Signal> signals, Set<String> expected) {
    var shown = new TreeSet<String>();
    for (var signal : signals) {
      if (signal.name().equals(LexiconInterpreter.HOUR_ALONE))
        continue; // says how a time was named
      boolean bare = expected.contains(signal.name());
      boolean valued = VALUED.contains(signal.name());
      boolean named = expected.stream().anyMatch(part -> part.startsWith(signal.name() + "="));
      shown.add(
          !bare && (valued || named) ? signal.name() + "=" + value(signal.value()) : signal.name());
    }
    return shown;
  }

  private static final Set<String> VALUED =
      Set.of(
          Signal.TIME,
          Signal.TIME_UNTIL,
          Signal.DAY_PART,
          Signal.TIME_ZONE,
          Signal.SEATS,
          Signal.NUMBER,
          Signal.CHOICE,
          Signal.PRODUCT,
          Signal.WISH,
          Signal.BUDGET,
          Signal.LANGUAGE,
          Signal.OBJECTION,
          Signal.ASK_DISCOUNT,
          Signal.WITHDRAW_CONSENT,
          Signal.CLAIM,
          Signal.PRICE);

  private static String value(Value value) {
    return switch (value) {
      case Value.Time(var at) -> local(at.atZone(DENVER));
      case Value.Amount(var money) -> money.currency() + money.minor();
      case Value.Secret(var sealed) -> sealed.ciphertext().replace(' ', '_');
      case Value other -> other.shown().replace(' ', '_');
    };
  }

  private static String local(ZonedDateTime at) {
    if (at.toInstant().equals(NOW)) return "now";
    return (at.getYear() == 2026 ? SHORT : LONG).format(at);
  }
}
