package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What is known in a conversation so far, in a few words each: what crosses a hand-off.
final class Knowledge {
  private static final int SHORT_MAX_CHARS = 16;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

  private final Map<String, Fact> facts = new TreeMap<>();
  private final Map<String, Consent> consents = new TreeMap<>();

  private String home = "";

  /// @param zone an IANA name, or empty
  void livesIn(String zone) {
    home = zone;
  }

  void learn(Map<String, Fact> news) {
    facts.putAll(news);
  }

  void learn(String purpose, Consent consent) {
    consents.put(purpose, consent);
  }

  /// @param contract names of facts, or `*` for all
  List<String> crossing(List<String> contract) {
    boolean all = contract.contains("*");
    var words = new ArrayList<String>();
    facts.forEach((name, fact) -> {
      if (all || contract.contains(name)) words.add(words(name, fact.value()));
    });
    consents.forEach((purpose, consent) -> {
      if (consent.state() == Consent.State.GRANTED) {
        words.add("consent to " + Explanation.plain(purpose));
      }
    });
    // What says more comes first.
    words.sort(
        Comparator.comparing(word -> word.startsWith("consent") || word.contains(" ") ? 0 : 1));
    return words;
  }

  private String words(String name, Value value) {
    if (name.startsWith("confirmed.")) {
      return (value.shown().equals("yes") ? "yes to " : "no to ") + name.substring(10);
    }
    String plain = Explanation.plain(name).replace('.', ' ');
    return switch (value) {
      case Value.Whole(var number) -> plain + " " + number;
      case Value.Time(var at) -> plain + " " + MOMENT.format(at.atZone(zone()));
      case Value.Text(var text) when ConversationId.isName(text) && isShort(text) ->
          plain + " " + Explanation.plain(text);
      case Value.Amount(var money) ->
          plain + " " + Explanation.money(money.currency(), money.minor());
      case Value.Text _, Value.Secret _ -> plain;
    };
  }

  private static boolean isShort(String text) {
    return text.length() <= SHORT_MAX_CHARS;
  }

  /// The buyer's, as far as it is known.
  private ZoneId zone() {
    var said = facts.get(Signal.TIME_ZONE);
    String name = said == null ? home : said.value().shown();
    return ZoneId.getAvailableZoneIds().contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
  }
}
