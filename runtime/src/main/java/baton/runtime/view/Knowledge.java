package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.Instant;
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
  private static final String BOOKED = "booking.start";

  /// What a buyer came for, in this order; behind it what was agreed to, what has a value, and what
  /// is only known to be known.
  private static final List<String> WISH =
      List.of(Signal.PRODUCT, Signal.SEATS, BOOKED, "quote.total");

  private static final int CONSENTS = WISH.size();
  private static final int SAYING = CONSENTS + 1;
  private static final int NAMED = SAYING + 1;

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
    var words = new ArrayList<Word>();
    facts.forEach((name, fact) -> {
      if (all || contract.contains(name)) words.add(word(name, fact.value()));
    });
    consents.forEach((purpose, consent) -> {
      if (consent.state() == Consent.State.GRANTED) {
        words.add(new Word(CONSENTS, "consent to " + Explanation.plain(purpose)));
      }
    });
    words.sort(Comparator.comparingInt(Word::rank));
    return words.stream().map(Word::text).toList();
  }

  /// @param rank what says more comes first
  private record Word(int rank, String text) {}

  private Word word(String name, Value value) {
    int wish = WISH.indexOf(name);
    if (name.equals(Signal.SEATS) && value instanceof Value.Whole(var number)) {
      return new Word(wish, number + (number == 1 ? " seat" : " seats"));
    }
    if (name.equals(BOOKED) && value instanceof Value.Time(var at)) {
      return new Word(wish, moment(at));
    }
    if (name.equals(Signal.PRODUCT) && value instanceof Value.Text(var product)) {
      return new Word(wish, Explanation.plain(product));
    }
    if (name.startsWith("confirmed.")) {
      String answer = value.shown().equals("yes") ? "yes to " : "no to ";
      return new Word(SAYING, answer + name.substring(10));
    }
    String plain = Explanation.plain(name).replace('.', ' ');
    int rank = wish >= 0 ? wish : SAYING;
    return switch (value) {
      case Value.Whole(var number) -> new Word(rank, plain + " " + number);
      case Value.Time(var at) -> new Word(rank, plain + " " + moment(at));
      case Value.Text(var text) when ConversationId.isName(text) && isShort(text) ->
          new Word(rank, plain + " " + Explanation.plain(text));
      case Value.Amount(var money) ->
          new Word(rank, plain + " " + Explanation.money(money.currency(), money.minor()));
      case Value.Text _, Value.Secret _ -> new Word(NAMED, plain);
    };
  }

  /// "Tue 15:00 Denver".
  private String moment(Instant at) {
    var zone = zone();
    String name = zone.getId();
    String place = name.substring(name.lastIndexOf('/') + 1).replace('_', ' ');
    return MOMENT.format(at.atZone(zone)) + " " + (name.contains("/") ? place : "UTC");
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
