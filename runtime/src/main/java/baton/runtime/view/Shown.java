package baton.runtime.view;

import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Kernel values as maps, lists, strings and numbers, the way the public contract writes them.
///
/// Percentages called `confidence` become 0 to 1, names become kebab-case, sealed texts are opened,
/// and HMACs of bodies are left out.
final class Shown {
  private static final Set<String> LEFT_OUT = Set.of("body");

  private final Sight sight;

  Shown(Sight sight) {
    this.sight = sight;
  }

  Object value(Object value) {
    return switch (value) {
      case null -> null;
      case Sealed sealed -> sight.open().apply(sealed).orElse(null);
      case Value fact -> fact(fact);
      case Action action -> action(action);
      case Words.Line(var name) -> Map.of("line", name);
      case Outcome outcome -> outcome(outcome);
      case Role role -> role.name();
      case Instant at -> at.toString();
      case Duration duration -> duration.toString();
      case Enum<?> constant -> kebab(constant.name());
      case Optional<?> optional -> value(optional.orElse(null));
      case Map<?, ?> map -> map(map);
      case Collection<?> list -> list(list);
      case Record inner -> members(inner);
      case String text -> text;
      case Number number -> number;
      case Boolean bool -> bool;
      default -> throw new IllegalArgumentException("cannot be shown: " + value.getClass());
    };
  }

  /// What a fact says: text, a whole number, a time, or an amount in the smallest unit.
  Object fact(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(var number) -> number;
      case Value.Time(var at) -> at.toString();
      case Value.Amount(var money) -> members(money);
      case Value.Secret(var sealed) -> sight.open().apply(sealed).orElse(null);
    };
  }

  /// `{kind, …}`.
  Map<String, Object> action(Action action) {
    var members = new LinkedHashMap<String, Object>();
    members.put("kind", action.kind());
    members.putAll(members((Record) action));
    return members;
  }

  /// `{state, reason?, facts?}`.
  Map<String, Object> outcome(Outcome outcome) {
    var members = new LinkedHashMap<String, Object>();
    switch (outcome) {
      case Outcome.Confirmed(var facts) -> {
        members.put("state", "confirmed");
        members.put("facts", map(facts));
      }
      case Outcome.Failed(var reason) -> {
        members.put("state", "failed");
        members.put("reason", reason);
      }
      case Outcome.Unknown(var reason) -> {
        members.put("state", "unknown");
        members.put("reason", reason);
      }
    }
    return members;
  }

  Map<String, Object> members(Record value) {
    var members = new LinkedHashMap<String, Object>();
    for (var component : value.getClass().getRecordComponents()) {
      String name = component.getName();
      if (LEFT_OUT.contains(name)) continue;
      Object member = read(component, value);
      members.put(
          name,
          name.equals("confidence") && member instanceof Integer percent
              ? fraction(percent)
              : value(member));
    }
    return members;
  }

  static double fraction(int percent) {
    return percent / 100.0;
  }

  /// `HandOffFailed` and `HAND_OFF_FAILED` both become `hand-off-failed`.
  static String kebab(String name) {
    if (name.equals(name.toUpperCase(Locale.ROOT))) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> map(Map<?, ?> map) {
    var shown = new LinkedHashMap<String, Object>();
    map.forEach((name, value) -> shown.put(name.toString(), value(value)));
    return shown;
  }

  private List<Object> list(Collection<?> list) {
    var shown = new ArrayList<>();
    for (var item : list) shown.add(value(item));
    return shown;
  }

  private static Object read(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible); // an accessor of a public record
    }
  }
}
