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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads words by a lexicon's phrases and by rules for numbers, times and contacts. It holds no
/// state, so that the same text always reads the same.
///
/// Some entries are building blocks and not looked for as signals of their own: `seats` lists the
/// words that make a number a count of seats (value `before` where they stand in front of it, a
/// number where they are the count), `name` the words that introduce a name, `budget` those that
/// make an amount a budget, `language` the common words of a language, `words` those that phrases
/// name together. The value `never` marks words that look like a signal and are none.
public final class LexiconInterpreter implements Interpreter {
  /// May be a wish to be left alone, or none: to be asked about before anything goes on.
  static final String MAYBE_OPT_OUT = "maybe-opt-out";

  /// The time in this message is an hour, and no day was named with it: "at 2 pm".
  static final String HOUR_ALONE = "hour-alone";

  /// "Last Monday", "yesterday".
  static final String PAST = "past";

  /// A question in which nothing else was read.
  static final String ASK_OTHER = "ask-other";

  /// "Do you speak German?"
  private static final String ASK_LANGUAGE = "ask-language";

  private static final Set<String> IN_AGENTS_WORDS =
      Set.of(Signal.CLAIM, Signal.PRESSURE, Signal.PROMISE, Signal.PRICE, Signal.DISCOUNT);

  private static final Set<String> IN_BUYERS_WORDS =
      Set.of(
          Signal.OPT_OUT,
          MAYBE_OPT_OUT,
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
          Signal.COMPLAINT,
          Signal.WISH,
          Signal.CONFUSED,
          Signal.WAIT,
          Signal.THANKS,
          Signal.SMALL_TALK,
          Signal.CLAIMS_AUTHORITY,
          Signal.INSTRUCTION,
          ASK_LANGUAGE,
          PAST,
          "no-such-day",
          "any-time",
          "allows-keeping");

  /// Read in words of another language too.
  private static final Set<String> IN_ANY_LANGUAGE =
      Set.of(
          Signal.OPT_OUT,
          Signal.WITHDRAW_CONSENT,
          Signal.NO,
          Signal.PRODUCT,
          Signal.EMAIL,
          Signal.PHONE,
          Signal.LANGUAGE,
          Signal.INSTRUCTION);

  /// The value of what counts only where the message says nothing else that can be answered.
  private static final String UNLESS_READ = "unless-read";

  /// The value of what counts only in a statement in which nothing at all was read.
  private static final String UNLESS_ANSWERED = "unless-answered";

  /// Words that make a statement, and not a mere answer.
  private static final int STATEMENT_MIN = 3;

  /// Says nothing that can be answered by itself.
  private static final Set<String> TONE =
      Set.of(
          MAYBE_OPT_OUT,
          Signal.YES,
          Signal.NO,
          Signal.VAGUE,
          Signal.THANKS,
          Signal.GREETING,
          Signal.GOODBYE,
          Signal.ANGER,
          Signal.CONFUSED,
          Signal.SMALL_TALK,
          PAST);

  private static final Set<String> BESIDE_A_QUESTION =
      Set.of(Signal.VAGUE, Signal.GREETING, Signal.THANKS);

  private static final Comparator<Signal> ORDER =
      Comparator.comparingInt(Signal::from)
          .thenComparing(Signal::name)
          .thenComparingInt(Signal::to)
          .thenComparing(signal -> signal.value().shown());

  private final Lexicon lexicon;
  private final Phrases phrases;
  private final Languages languages;
  private final String ownLanguage;
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
    this.languages = new Languages(lexicon);
    this.ownLanguage = lexicon.language();
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
    var whole = Utterance.of(text);
    var words = whole;
    for (var mail : Contacts.emails(text)) {
      signals.add(secret(Signal.EMAIL, mail, seal));
      words = words.without(mail.from(), mail.to());
    }
    for (var phone : Contacts.phones(text, zone)) {
      signals.add(secret(Signal.PHONE, phone, seal));
      words = words.without(phone.from(), phone.to());
    }
    var offset = Zones.offset(text);
    if (offset.isPresent()) {
      signals.add(offset.get());
      words = words.without(offset.get().from(), offset.get().to());
    }
    var sayings = Sayings.of(words, phrases.in(words, IN_AGENTS_WORDS));
    var matches = sayings.matches();
    signals.addAll(sayings.signals());
    for (var name : Contacts.names(words, openers(matches), neverNames)) {
      signals.add(secret(Signal.NAME, name, seal));
    }
    var denied = new HashSet<String>();
    sayings.denied().forEach(found -> denied.add(found.name()));
    var spoken = zoneSaid(signals).orElse(zone);
    var counts = Counts.of(words);
    if (!counts.ranged()) times(counts, now, spoken, sayings, signals, denied);
    counts(counts, matches, spoken, signals, denied);
    glued(text, signals);
    if (words.size() == 0) puzzled(text).ifPresent(signals::add);
    var corrected = Corrections.applied(whole, matches(whole, words, matches), signals, denied);
    var read = unlessRead(words, inLanguage(words, corrected));
    askedOther(words, read).ifPresent(read::add);
    return inOrder(read);
  }

  private static Optional<Signal> askedOther(Utterance words, List<Signal> signals) {
    int last = words.size() - 1;
    boolean asks =
        words.size() >= STATEMENT_MIN
            && !words.questions().isEmpty()
            && words.words().stream().anyMatch(word -> words.questions().contains(word.sentence()))
            && signals.stream().allMatch(signal -> BESIDE_A_QUESTION.contains(signal.name()));
    if (!asks) return Optional.empty();
    int from = words.words().getFirst().from();
    return Optional.of(
        new Signal(ASK_OTHER, Value.of("?"), 60, from, words.words().get(last).to()));
  }

  private static List<Signal> unlessRead(Utterance words, List<Signal> signals) {
    boolean read =
        signals.stream().anyMatch(signal -> !TONE.contains(signal.name()) || likely(signal));
    boolean answered =
        words.size() < STATEMENT_MIN
            || words.inQuestion(0)
            || signals.stream()
                .anyMatch(signal -> !signal.name().equals(MAYBE_OPT_OUT) || likely(signal));
    var kept = new ArrayList<>(signals);
    kept.removeIf(signal -> read && signal.value().shown().equals(UNLESS_READ));
    kept.removeIf(signal -> answered && signal.value().shown().equals(UNLESS_ANSWERED));
    return kept;
  }

  private static boolean likely(Signal signal) {
    return signal.name().equals(MAYBE_OPT_OUT)
        && !Set.of(UNLESS_READ, UNLESS_ANSWERED).contains(signal.value().shown());
  }

  /// Places of matches are those of the words they were found in.
  private List<Phrases.Match> matches(
      Utterance whole, Utterance words, List<Phrases.Match> matches) {
    return whole.size() == words.size()
        ? matches
        : Sayings.of(whole, phrases.in(whole, IN_AGENTS_WORDS)).matches();
  }

  /// A message of question marks.
  private static Optional<Signal> puzzled(String text) {
    int mark = text.indexOf('?');
    return mark < 0
        ? Optional.empty()
        : Optional.of(new Signal(Signal.CONFUSED, Value.of("?"), 80, mark, mark + 1));
  }

  private static void times(
      Counts counts,
      Instant now,
      ZoneId zone,
      Sayings sayings,
      List<Signal> signals,
      Set<String> denied) {
    var words = counts.text();
    var counted = counts.besideProducts(sayings.matches());
    var found = Times.in(words, now, zone, sayings.zones(), counted);
    if (found.isEmpty()) return;
    // Facts keep the surest time and the surest end: an end of another time would not go with it.
    boolean pointed =
        found.stream()
            .filter(time -> time.at().isPresent())
            .reduce((a, b) -> b.confidence() >= a.confidence() ? b : a)
            .map(time -> time.until().isEmpty())
            .orElse(false);
    boolean stands = found.stream().anyMatch(time -> !time.denied());
    for (var time : found) {
      int from = words.words().get(time.first()).from();
      int to = words.words().get(time.last()).to();
      int sure = time.confidence();
      if (time.denied()) {
        if (stands) denied.add(Signal.TIME);
        else signals.add(new Signal(Signal.NO, Value.of("not-then"), sure, from, to));
      }
      time.at().ifPresent(at -> signals.add(new Signal(Signal.TIME, Value.of(at), sure, from, to)));
      if (time.hourAlone()) signals.add(new Signal(HOUR_ALONE, Value.of("yes"), sure, from, to));
      time.until()
          .filter(_ -> !pointed)
          .ifPresent(
              until -> signals.add(new Signal(Signal.TIME_UNTIL, Value.of(until), sure, from, to)));
      time.part()
          .ifPresent(
              part -> signals.add(new Signal(Signal.DAY_PART, Value.of(part), sure, from, to)));
    }
  }

  private static void counts(
      Counts counts,
      List<Phrases.Match> matches,
      ZoneId zone,
      List<Signal> signals,
      Set<String> denied) {
    var discounts = counts.askedDiscounts();
    if (!discounts.isEmpty()) {
      signals.removeIf(signal -> signal.name().equals(Signal.ASK_DISCOUNT));
    }
    signals.addAll(discounts);
    signals.addAll(counts.seats(matches));
    signals.addAll(counts.budgets(matches, zone));
    if (!read(Signal.TIME, signals) && !read(Signal.SEATS, signals)) signals.addAll(counts.bare());
    if (!counts.retracted().isEmpty()) denied.addAll(Set.of(Signal.SEATS, Signal.NUMBER));
  }

  private static boolean read(String name, List<Signal> signals) {
    for (var signal : signals) if (signal.name().equals(name)) return true;
    return false;
  }

  /// A wish to be left alone also counts where invisible characters hold the words together.
  private void glued(String text, List<Signal> signals) {
    if (!Letters.joined(text)) return;
    var words = Utterance.unglued(text);
    for (var saying : Sayings.of(words, phrases.in(words, IN_AGENTS_WORDS)).signals()) {
      if (saying.name().equals(Signal.OPT_OUT)) signals.add(saying);
    }
  }

  /// Of a text in another language only what must be heard in any is kept.
  private List<Signal> inLanguage(Utterance words, List<Signal> signals) {
    var language = languages.in(words);
    var kept = new ArrayList<Signal>();
    for (var signal : signals) {
      boolean read = language.isEmpty() || IN_ANY_LANGUAGE.contains(signal.name());
      boolean english = language.isPresent() && signal.name().equals(Signal.NO);
      if (read && !(english && languages.own(words.at(words.placeOf(signal.to() - 1))))) {
        kept.add(signal);
      }
    }
    language.ifPresent(kept::add);
    return kept;
  }

  @Override
  public List<Signal> agent(String text) {
    var words = Utterance.of(text);
    var counts = Counts.of(words);
    var signals = new ArrayList<Signal>(counts.prices());
    signals.addAll(counts.discounts());
    for (var saying : Sayings.of(words, phrases.in(words, IN_BUYERS_WORDS)).signals()) {
      signals.add(saying);
    }
    languages.inAgents(words).filter(this::isForeign).ifPresent(signals::add);
    return inOrder(signals);
  }

  private boolean isForeign(Signal language) {
    return !language.value().equals(Value.of(ownLanguage));
  }

  private static List<Signal> inOrder(List<Signal> signals) {
    if (signals.size() < 2) return List.copyOf(signals);
    return signals.stream().distinct().sorted(ORDER).toList();
  }

  private static Signal secret(String name, Contacts.Found found, Function<String, Sealed> seal) {
    var value = Value.of(seal.apply(found.clear()));
    return new Signal(name, value, found.confidence(), found.from(), found.to());
  }

  private static List<Phrases.Match> openers(List<Phrases.Match> matches) {
    var openers = new ArrayList<Phrases.Match>();
    for (var match : matches) {
      boolean opens =
          match.signal().equals(Signal.NAME) && !match.pattern().value().equals("never");
      if (opens) openers.add(match);
    }
    return openers;
  }

  /// "3pm Pacific" is read by the zone it names.
  private static Optional<ZoneId> zoneSaid(List<Signal> signals) {
    for (var signal : signals) {
      if (!signal.name().equals(Signal.TIME_ZONE)) continue;
      return Optional.of(ZoneId.of(signal.value().shown()));
    }
    return Optional.empty();
  }
}
