package baton.agents;

import baton.handoff.fact.Money;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Fills `{fact}` in a rule's words: times on the buyer's clock, money with its currency. `{slots}`
/// is the numbered list of what is offered, `{slot}` the one that was picked, `{zone}` the clock,
/// `{people}` how many people the seats are for.
final class Wording {
  private static final Pattern BLANK = Pattern.compile("\\{([a-z][a-z0-9.-]*)}");

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.US);

  private final Situation situation;
  private final Slots slots;
  private final Desk desk;

  Wording(Situation situation, Slots slots, Desk desk) {
    this.situation = situation;
    this.slots = slots;
    this.desk = desk;
  }

  /// The words, or empty where a blank cannot be filled.
  Optional<String> fill(String template) {
    var filled = new StringBuilder();
    var blanks = BLANK.matcher(template);
    int done = 0;
    while (blanks.find()) {
      var value = shown(blanks.group(1));
      if (value.isEmpty() || value.get().isBlank()) return Optional.empty();
      filled.append(template, done, blanks.start()).append(value.get());
      done = blanks.end();
    }
    return Optional.of(filled.append(template.substring(done)).toString());
  }

  private Optional<String> shown(String name) {
    return switch (name) {
      case "slots" -> Optional.of(list());
      case "slot" -> slots.picked().map(slot -> dated(slot.start()));
      case "zone" -> Optional.of(zone());
      case "people" -> situation.fact(Signal.SEATS).map(seats -> people(seats.value().shown()));
      default -> situation.fact(name).map(fact -> shown(fact.value()));
    };
  }

  private static String people(String seats) {
    return seats.equals("1") ? "one person" : seats + " people";
  }

  private String list() {
    var offered = slots.offered();
    return IntStream.range(0, offered.size())
        .mapToObj(i -> (i + 1) + ") " + clock(offered.get(i).start()))
        .collect(Collectors.joining(" · "));
  }

  private String shown(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(var number) -> Long.toString(number);
      case Value.Time(var at) -> dated(at);
      case Value.Amount(var money) -> shown(money);
      case Value.Secret(var sealed) -> desk.read(sealed);
    };
  }

  private String dated(Instant at) {
    return clock(at) + " (" + zone() + ")";
  }

  /// `America/New_York` is New York time.
  private String zone() {
    var id = situation.zone().getId();
    return id.substring(id.lastIndexOf('/') + 1).replace('_', ' ') + " time";
  }

  private String clock(Instant at) {
    return CLOCK.format(at.atZone(situation.zone()));
  }

  static String shown(Money money) {
    int digits = Math.max(0, Currency.getInstance(money.currency()).getDefaultFractionDigits());
    var amount = BigDecimal.valueOf(money.minor(), digits);
    return money.currency() + " " + String.format(Locale.US, "%,." + digits + "f", amount);
  }
}
