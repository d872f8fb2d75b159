package baton.runtime.interpreter;

import static java.util.stream.Collectors.toUnmodifiableSet;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Lexicon;
import baton.handoff.port.Interpreter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads words by a lexicon's phrases and by rules for numbers, times and contacts. It holds no
/// state, so that the same text always reads the same.
///
/// Some entries are not looked for as signals of their own: `seats` lists the words that make a
/// number a count of seats (value `before` where they stand in front of it), `name` the words that
/// introduce a name (value `never` for words that are none).
public final class LexiconInterpreter implements Interpreter {
  private static final Set<String> IN_AGENTS_WORDS =
      Set.of(Signal.CLAIM, Signal.PRESSURE, Signal.PROMISE, Signal.PRICE, Signal.DISCOUNT);

  private static final Set<String> IN_BUYERS_WORDS =
      Set.of(
          Signal.OPT_OUT,
          Signal.WANT_HUMAN,
          Signal.YES,
          Signal.NO,
          Signal.VAGUE,
          Signal.WITHDRAW_CONSENT,
          Signal.GREETING,
          Signal.GOODBYE,
          Signal.PRODUCT,
          Signal.TIME_ZONE,
          Signal.CHOICE,
          Signal.ASK_PRICE,
          Signal.ASK_PRODUCT,
          Signal.ASK_IDENTITY,
          Signal.ASK_DISCOUNT,
          Signal.OBJECTION,
          Signal.RESCHEDULE,
          Signal.CANCEL,
          Signal.ANGER,
          Signal.COMPLAINT);

  private static final Comparator<Signal> ORDER =
      Comparator.comparingInt(Signal::from)
          .thenComparing(Signal::name)
          .thenComparingInt(Signal::to)
          .thenComparing(signal -> signal.value().shown());

  private final Lexicon lexicon;
  private final Phrases phrases;
  private final Set<String> neverNames;

  public LexiconInterpreter(Lexicon lexicon) {
    if (!lexicon.language().equals("en")) {
      throw new IllegalArgumentException(
          "lexicon "
              + lexicon.version()
              + " is in language \""
              + lexicon.language()
              + "\"; times and numbers can only be read in \"en\"");
    }
    this.lexicon = lexicon;
    requireZones(lexicon);
    this.phrases = new Phrases(lexicon);
    this.neverNames =
        lexicon.entries().stream()
            .filter(entry -> entry.signal().equals(Signal.NAME) && entry.value().equals("never"))
            .flatMap(entry -> entry.phrases().stream())
            .collect(toUnmodifiableSet());
  }

  private static void requireZones(Lexicon lexicon) {
    for (var entry : lexicon.entries()) {
      if (!entry.signal().equals(Signal.TIME_ZONE)) continue;
      if (!ZoneId.getAvailableZoneIds().contains(entry.value())) {
        throw new IllegalArgumentException(
            "lexicon "
                + lexicon.version()
                + " names the time zone \""
                + entry.value()
                + "\"; use an IANA name such as America/Denver");
      }
    }
  }

  @Override
  public String version() {
    return lexicon.version();
  }

  @Override
  public List<Signal> buyer(String text, Instant now, ZoneId zone, Function<String, Sealed> seal) {
    var signals = new ArrayList<Signal>();
    var words = Utterance.of(text);
    for (var mail : Contacts.emails(text)) {
      signals.add(secret(Signal.EMAIL, mail, seal));
      words = words.without(mail.from(), mail.to());
    }
    for (var phone : Contacts.phones(text, zone)) {
      signals.add(secret(Signal.PHONE, phone, seal));
      words = words.without(phone.from(), phone.to());
    }
    var matches = phrases.in(words);
    for (var name : Contacts.names(words, openers(matches), neverNames)) {
      signals.add(secret(Signal.NAME, name, seal));
    }
    var sayings = Sayings.of(words, matches);
    var discounts = Counts.askedDiscounts(words);
    for (var saying : sayings) {
      boolean figured = saying.name().equals(Signal.ASK_DISCOUNT) && !discounts.isEmpty();
      if (!figured && !IN_AGENTS_WORDS.contains(saying.name())) signals.add(saying);
    }
    signals.addAll(discounts);
    signals.addAll(Counts.seats(words, matches));
    signals.addAll(Counts.bare(words));
    for (var time : Times.in(words, now, zoneSaid(sayings).orElse(zone))) {
      int from = words.words().get(time.first()).from();
      int to = words.words().get(time.last()).to();
      signals.add(new Signal(Signal.TIME, Value.of(time.at()), time.confidence(), from, to));
    }
    return inOrder(signals);
  }

  @Override
  public List<Signal> agent(String text) {
    var words = Utterance.of(text);
    var signals = new ArrayList<Signal>(Counts.prices(words));
    signals.addAll(Counts.discounts(words));
    for (var saying : Sayings.of(words, phrases.in(words))) {
      if (!IN_BUYERS_WORDS.contains(saying.name())) signals.add(saying);
    }
    return inOrder(signals);
  }

  private static List<Signal> inOrder(List<Signal> signals) {
    return signals.stream().distinct().sorted(ORDER).toList();
  }

  private static Signal secret(String name, Contacts.Found found, Function<String, Sealed> seal) {
    var value = Value.of(seal.apply(found.clear()));
    return new Signal(name, value, found.confidence(), found.from(), found.to());
  }

  private static List<Phrases.Match> openers(List<Phrases.Match> matches) {
    return matches.stream()
        .filter(match -> match.signal().equals(Signal.NAME))
        .filter(match -> !match.pattern().value().equals("never"))
        .toList();
  }

  /// "3pm Pacific" is read by the zone it names.
  private static Optional<ZoneId> zoneSaid(List<Signal> sayings) {
    return sayings.stream()
        .filter(signal -> signal.name().equals(Signal.TIME_ZONE))
        .map(signal -> ZoneId.of(signal.value().shown()))
        .findFirst();
  }
}
