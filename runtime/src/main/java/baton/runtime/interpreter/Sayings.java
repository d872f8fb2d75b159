package baton.runtime.interpreter;

import static java.util.stream.Collectors.joining;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// From the phrases found to what was said: longer phrases win over those within them, a negation
/// takes back what follows it, and a hesitant yes is none.
///
/// @param denied signals that a negation took back, each with the place of its first word
/// @param zones places of words that name a time zone
/// @param matches the phrases that no longer one swallowed
record Sayings(
    List<Signal> signals, List<Denied> denied, Set<Integer> zones, List<Phrases.Match> matches) {
  record Denied(String name, int place) {}

  /// The value of words that look like a signal and are none: "bus stop".
  private static final String NEVER = "never";

  /// Kept where they stand within a longer phrase; better one too many.
  private static final Set<String> NEVER_SWALLOWED = Set.of(Signal.OPT_OUT, Signal.CLAIM);

  private static final Set<String> LEFT_ALONE =
      Set.of(Signal.OPT_OUT, LexiconInterpreter.MAYBE_OPT_OUT);

  private static final Set<String> BUILDING_BLOCKS =
      Set.of(Signal.SEATS, Signal.NAME, Signal.BUDGET, Signal.CORRECTION);

  private static final Set<String> COUNTS =
      Set.of(Signal.CHOICE, Signal.ASK_DISCOUNT, Signal.DISCOUNT);

  private static final Set<String> HEDGES =
      Set.of(Signal.VAGUE, Signal.CONFUSED, Signal.WAIT, LexiconInterpreter.MAYBE_OPT_OUT);

  /// Not taken back by a "not" before them: they say something about it themselves.
  private static final Set<String> FIRM = Set.of(Signal.TIME_ZONE, Signal.VAGUE, Signal.THANKS);

  /// Below this weight, a yes within a question is none: "OK so what will you store?"
  private static final int PLAIN_YES = 90;

  private static final Set<String> SPEAKERS = Set.of("i", "we", "im", "ive", "weve");

  /// "Yes, I have a question" says yes to something else.
  private static final Set<String> OTHER_MATTERS =
      Letters.words(
          "have had want wanted would need wonder wondered was thought know heard got think"
              + " guess just still a one");

  static Sayings of(Utterance text, List<Phrases.Match> found) {
    return new Reader(text, found).read();
  }

  private static final class Reader {
    private final Utterance text;
    private final List<Phrases.Match> matches = new ArrayList<>();
    private final List<Phrases.Match> standing = new ArrayList<>();
    private final Set<Integer> hedged = new HashSet<>();
    private final Set<Integer> affirmed = new HashSet<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<Denied> denied = new ArrayList<>();
    private final Set<Integer> spent = new HashSet<>();
    private final Set<Integer> zones = new HashSet<>();

    Reader(Utterance text, List<Phrases.Match> found) {
      this.text = text;
      var byPlace = new HashMap<Integer, List<Phrases.Match>>();
      for (var match : found) {
        for (int i = match.first(); i >= 0; i = match.covered().nextSetBit(i + 1)) {
          byPlace.computeIfAbsent(i, _ -> new ArrayList<>()).add(match);
        }
      }
      for (var match : found) if (!swallowed(match, byPlace)) matches.add(match);
      // What was said outright is in no doubt.
      if (matches.stream().anyMatch(match -> match.signal().equals(Signal.OPT_OUT))) {
        matches.removeIf(match -> match.signal().equals(LexiconInterpreter.MAYBE_OPT_OUT));
      }
    }

    private static boolean swallowed(
        Phrases.Match match, Map<Integer, List<Phrases.Match>> byPlace) {
      boolean kept = NEVER_SWALLOWED.contains(match.signal());
      if (doubtless(match, byPlace)) return true;
      for (var other : byPlace.get(match.first())) {
        boolean never = other.pattern().value().equals(NEVER);
        boolean own = other.signal().equals(match.signal());
        boolean block =
            BUILDING_BLOCKS.contains(match.signal()) || BUILDING_BLOCKS.contains(other.signal());
        if (!own && (never || block)) continue;
        if (never ? match.within(other) : !kept && !apart(match, other) && match.within(other)) {
          return true;
        }
      }
      return match.pattern().value().equals(NEVER);
    }

    /// A doubt is none where one of its words belongs to what only looks like an opt-out.
    private static boolean doubtless(
        Phrases.Match match, Map<Integer, List<Phrases.Match>> byPlace) {
      if (!match.signal().equals(LexiconInterpreter.MAYBE_OPT_OUT)) return false;
      return match.covered().stream()
          .mapToObj(byPlace::get)
          .flatMap(List::stream)
          .filter(other -> LEFT_ALONE.contains(other.signal()))
          .anyMatch(other -> other.pattern().value().equals(NEVER));
    }

    /// "Don't store my data" refuses and withdraws, "maybe later" hesitates and puts off.
    private static boolean apart(Phrases.Match answer, Phrases.Match other) {
      boolean answers = Set.of(Signal.NO, Signal.VAGUE).contains(answer.signal());
      return answers && Set.of(Signal.WITHDRAW_CONSENT, Signal.OBJECTION).contains(other.signal());
    }

    Sayings read() {
      for (var match : matches) {
        if (BUILDING_BLOCKS.contains(match.signal())) continue;
        int negator = Negation.before(text, match.first());
        if (negator < 0 || FIRM.contains(match.signal())) stand(match);
        else if (match.signal().equals(Signal.YES)) add(match, Signal.NO, negator);
        else deny(match, negator);
      }
      for (var match : standing) {
        switch (match.signal()) {
          case Signal.YES -> affirm(match);
          case Signal.NO -> {
            if (spent.stream().noneMatch(match.covered()::get)) add(match);
          }
          default -> add(match);
        }
      }
      dropVagueTopics();
      return new Sayings(signals, denied, zones, matches);
    }

    /// Where a topic was asked about, "tell me about" says no more.
    private void dropVagueTopics() {
      var named = new HashSet<String>();
      for (var match : standing) {
        if (match.signal().equals(Signal.ASK_PRODUCT)) named.add(match.pattern().value());
      }
      named.remove("");
      if (named.isEmpty()) return;
      if (named.size() > 1) named.remove("features");
      signals.removeIf(signal ->
          signal.name().equals(Signal.ASK_PRODUCT) && !named.contains(signal.value().shown()));
    }

    private void stand(Phrases.Match match) {
      standing.add(match);
      int sentence = text.words().get(match.first()).sentence();
      if (HEDGES.contains(match.signal())) hedged.add(sentence);
      if (match.signal().equals(Signal.YES)) match.covered().stream().forEach(affirmed::add);
      if (match.signal().equals(Signal.TIME_ZONE)) match.covered().stream().forEach(zones::add);
    }

    private void deny(Phrases.Match match, int negator) {
      spent.add(negator);
      denied.add(new Denied(match.signal(), match.first()));
    }

    private void affirm(Phrases.Match yes) {
      if (hedged.contains(text.words().get(yes.first()).sentence()) || otherMatter(yes)) return;
      // Who tells a machine what to do has not answered a question.
      if (standing.stream().anyMatch(match -> match.signal().equals(Signal.INSTRUCTION))) return;
      if (!text.inQuestion(yes.first())) {
        add(yes);
      } else if (nothingElse(yes, false)) {
        add(yes, Signal.VAGUE, yes.first());
      } else if (yes.confidence() >= PLAIN_YES && nothingElse(yes, true)) {
        add(yes);
      }
    }

    /// Whether the clause, or the sentence, is yes and no more: "Yes, what does it cost?" says yes,
    /// "can you book it for Tuesday?" does not, and "yes?" asks.
    private boolean nothingElse(Phrases.Match yes, boolean clause) {
      return nothingElse(yes.first(), clause, -1) && nothingElse(yes.first(), clause, 1);
    }

    private boolean nothingElse(int from, boolean clause, int step) {
      for (int i = from; i >= 0 && i < text.size(); i += step) {
        if (!(clause ? text.sameClause(i, from) : text.sameSentence(i, from))) return true;
        if (!affirmed.contains(i)) return false;
      }
      return true;
    }

    private boolean otherMatter(Phrases.Match yes) {
      int next = yes.last() + 1;
      if (next >= text.size() || affirmed.contains(next)) return false;
      if (!text.sameClause(yes.last(), next)) return false;
      if (text.at(next).equals("id")) return true;
      return SPEAKERS.contains(text.at(next)) && OTHER_MATTERS.contains(text.at(next + 1));
    }

    private void add(Phrases.Match match) {
      add(match, match.signal(), match.first());
    }

    private void add(Phrases.Match match, String name, int first) {
      int from = text.words().get(first).from();
      int to = text.words().get(match.last()).to();
      boolean own = name.equals(match.signal());
      signals.add(new Signal(name, value(match, name, own), match.confidence(), from, to));
    }

    private Value value(Phrases.Match match, String name, boolean own) {
      var value = own ? match.pattern().value() : "";
      if (COUNTS.contains(name)) return Value.of(value.isEmpty() ? 0 : Long.parseLong(value));
      return Value.of(value.isEmpty() ? words(match) : value);
    }

    private String words(Phrases.Match match) {
      return match.covered().stream().mapToObj(text::at).collect(joining(" "));
    }
  }
}
