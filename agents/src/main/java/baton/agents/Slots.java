package baton.agents;

import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The free times that were found last, and which of them the buyer picked.
final class Slots {
  /// @param name the calendar's name of it, `seller@start`
  record Slot(String name, Instant start) {}

  private static final int OFFERED_MAX = 3;
  private static final LocalTime OPENING = LocalTime.of(9, 0);

  private final Situation situation;

  Slots(Situation situation) {
    this.situation = situation;
  }

  /// In the order in which they were offered.
  List<Slot> offered() {
    if (!(found().map(Fact::value).orElse(null) instanceof Value.Whole(var many))) return List.of();
    var slots = new ArrayList<Slot>();
    for (int i = 1; i <= Math.min(many, OFFERED_MAX); i++) {
      situation.fact("slot." + i).flatMap(fact -> slot(fact.value())).ifPresent(slots::add);
    }
    return slots;
  }

  /// Only what the buyer said after the times were found counts, and nothing that is booked
  /// already.
  Optional<Slot> picked() {
    return chosen().filter(slot -> !isBooked(slot));
  }

  private boolean isBooked(Slot slot) {
    return situation.fact("booking.state", "live")
        && situation
            .fact("booking.start")
            .filter(start -> start.value().equals(Value.of(slot.start)))
            .isPresent();
  }

  /// The hour that the buyer named is not among what was found.
  boolean taken() {
    return hour().filter(_ -> !offered().isEmpty() && exact().isEmpty()).isPresent();
  }

  private Optional<Slot> chosen() {
    var choice = sinceFound(Signal.CHOICE);
    var time = sinceFound(Signal.TIME);
    boolean byTime =
        time.isPresent() && (choice.isEmpty() || time.get().evidence() > choice.get().evidence());
    if (byTime) return named(time.get().value());
    if (choice.isPresent()) return numbered(choice.get().value());
    if (offered().size() == 1 && accepted()) return Optional.of(offered().getFirst());
    return exact().filter(_ -> !declined());
  }

  /// What was found at the very hour that was named and looked for.
  private Optional<Slot> exact() {
    return hour()
        .map(at -> situation.notes().looked().orElse(at))
        .flatMap(at -> only(slot -> slot.start.equals(at)));
  }

  /// The hour that the buyer named, and not a stretch of time.
  private Optional<Instant> hour() {
    var time = situation.fact(Signal.TIME);
    var until = situation.fact(Signal.TIME_UNTIL);
    boolean stretch =
        time.isPresent() && until.isPresent() && until.get().evidence() == time.get().evidence();
    return time.map(Fact::value)
        .filter(value -> value instanceof Value.Time)
        .filter(_ -> !stretch)
        .map(value -> ((Value.Time) value).at());
  }

  /// "Which one suits you?" has one answer where there is one.
  private boolean accepted() {
    return situation.fact("confirmed.slots", "yes") && sinceFound("confirmed.slots").isPresent();
  }

  private boolean declined() {
    return situation.fact("confirmed.slot", "no") && sinceFound("confirmed.slot").isPresent();
  }

  /// The day of all that is offered, where it is one and not today.
  Optional<LocalDate> day() {
    var zone = situation.zone();
    var days =
        offered().stream().map(slot -> slot.start.atZone(zone).toLocalDate()).distinct().toList();
    var today = situation.briefing().at().atZone(zone).toLocalDate();
    return days.size() == 1 && !days.getFirst().equals(today)
        ? Optional.of(days.getFirst())
        : Optional.empty();
  }

  private Optional<Fact> found() {
    return situation.fact("slots");
  }

  private Optional<Fact> sinceFound(String name) {
    return situation
        .fact(name)
        .filter(fact -> found().filter(found -> fact.evidence() > found.evidence()).isPresent());
  }

  private Optional<Slot> numbered(Value value) {
    var slots = offered();
    return value instanceof Value.Whole(var number) && number >= 1 && number <= slots.size()
        ? Optional.of(slots.get((int) number - 1))
        : Optional.empty();
  }

  /// That very time; or the only one on that day, where just a day was named; or the only one at
  /// that hour, where just an hour was.
  private Optional<Slot> named(Value value) {
    if (!(value instanceof Value.Time(var instant))) return Optional.empty();
    var exact = only(slot -> slot.start.equals(instant));
    if (exact.isPresent()) return exact;
    var zone = situation.zone();
    var wished = instant.atZone(zone);
    if (wished.toLocalTime().equals(OPENING)) {
      return only(slot -> slot.start.atZone(zone).toLocalDate().equals(wished.toLocalDate()));
    }
    var today = situation.briefing().at().atZone(zone).toLocalDate();
    if (wished.toLocalDate().isAfter(today.plusDays(1))) return Optional.empty();
    return only(slot -> slot.start.atZone(zone).toLocalTime().equals(wished.toLocalTime()));
  }

  private Optional<Slot> only(Predicate<Slot> fits) {
    var fitting = offered().stream().filter(fits).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  static Optional<Slot> slot(Value value) {
    if (!(value instanceof Value.Text(var name))) return Optional.empty();
    try {
      return Optional.of(new Slot(name, Instant.parse(name.substring(name.lastIndexOf('@') + 1))));
    } catch (DateTimeException notASlot) {
      return Optional.empty();
    }
  }
}
