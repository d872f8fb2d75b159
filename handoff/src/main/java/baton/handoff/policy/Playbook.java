package baton.handoff.policy;

import baton.handoff.Role;
import java.util.List;
import java.util.SortedMap;

/// What a playbook agent does for one role: the first rule whose conditions all hold is taken.
public record Playbook(Role role, List<Rule> rules) {
  public Playbook {
    rules = List.copyOf(rules);
  }

  /// @param when atoms, all of which must hold; `!` in front negates. They are: `started` (the
  ///   lease was just granted), `arrived` (the buyer has come to a conversation that the engine
  ///   began), `reached` (the buyer is there to hear), `heard`, `silence`, `signal:NAME` or
  ///   `signal:NAME=VALUE`, `fact:NAME` or `fact:NAME=VALUE` (known and fresh), `confirmed:TOPIC`,
  ///   `declined:TOPIC`, `consent:PURPOSE=STATE` (granted, unclear, refused, withdrawn, unknown),
  ///   `asked:TOPIC` (the topic the buyer was answering), `done:KIND` or `failed:KIND` (an action
  ///   of the last answer), `refused:KIND` or `refused:KIND=CHECK`, `pending:KIND` (waits for an
  ///   approval), `may:KIND`, `role-was:ROLE` (who held the conversation before), `human-available`
  /// @param then actions in order: each a map with `action` (a kind) and its arguments; `say` holds
  ///   the words, in which `{fact}` is replaced by a fact's value
  public record Rule(String id, List<String> when, List<SortedMap<String, String>> then) {
    public Rule {
      when = List.copyOf(when);
      then = List.copyOf(then);
    }
  }
}
