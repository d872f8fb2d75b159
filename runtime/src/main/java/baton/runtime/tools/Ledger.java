package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Canonical;
import baton.handoff.port.Tool.Effect;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Carries each effect out once, on tables `T`: what a tool changes and what it answers are kept
/// together or not at all, under tenant and idempotency key.
public interface Ledger<T> {
  /// An argument that no table can hold.
  Outcome BAD_ARGUMENTS = new Failed("bad-arguments");

  /// NUL in canonical JSON. A backslash before it would be one that the text itself has.
  Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

  /// What a tool does within the effect. What it changed is undone where it answers `Failed`. It
  /// never answers `Unknown`.
  @FunctionalInterface
  interface Work<T> {
    Outcome on(T tables);
  }

  /// The kept outcome where there is one, else what the work answers now. `Unknown` where the
  /// tables did not answer: then [#lookUp] tells.
  Outcome once(Effect effect, Work<T> work);

  /// A read or a change that belongs to no effect.
  <R> R direct(Function<T, R> query);

  /// The work, once. PostgreSQL holds no NUL in a text, so no tables do.
  default Outcome call(Effect effect, Work<T> work) {
    boolean holds = !NUL.matcher(Canonical.json(effect.action())).find();
    return once(effect, holds ? work : _ -> BAD_ARGUMENTS);
  }

  /// A look-up is a call that does nothing. Its `never-done` is kept with the time of the claim, as
  /// a fence: the call of that claim, should it have been halted on its way and come late, does
  /// nothing either. A later claim of the same proposal gets past it.
  default Outcome lookUp(Effect effect) {
    return once(effect, _ -> Settled.NEVER_DONE);
  }

  /// The same ledger for one tool's view of its tables.
  default <V> Ledger<V> on(Function<T, V> view) {
    var all = this;
    return new Ledger<>() {
      @Override
      public Outcome once(Effect effect, Work<V> work) {
        return all.once(effect, tables -> work.on(view.apply(tables)));
      }

      @Override
      public <R> R direct(Function<V, R> query) {
        return all.direct(tables -> query.apply(view.apply(tables)));
      }
    };
  }

  /// A name for what an effect makes, the same whenever it is made: `prefix` and 20 hex digits.
  static String id(String prefix, Effect effect) {
    return id(prefix, effect.conversation().tenant(), effect.key());
  }

  static String id(String prefix, String tenant, String rest) {
    return prefix + Canonical.sha256(tenant + "\n" + rest).substring(0, 20);
  }
}
