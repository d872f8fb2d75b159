package baton.handoff.policy;

import baton.handoff.Role;
import java.util.List;
import java.util.SortedMap;

/// What a playbook agent does for one role. Rules are for what comes up, and the first that fits is
/// taken; goals are where the conversation goes, and the first that is not reached is pursued.
///
/// @param questions how each fact is asked for, one for a fact
/// @param goals in order of weight
public record Playbook(Role role, List<Question> questions, List<Goal> goals, List<Rule> rules) {
  public Playbook {
    questions = List.copyOf(questions);
    goals = List.copyOf(goals);
    rules = List.copyOf(rules);
  }

  /// The words that ask for a fact. Texts that are not there are empty.
  ///
  /// @param fact what is asked for; `slot` is the free time that the buyer picks
  /// @param asks the question's topic, where it is not the fact's name
  /// @param again other words, where the answer did not say it
  /// @param unsure asks for a yes where it was not heard clearly; its topic is `sure.` and the fact
  /// @param once asked once at most: without an answer it is done without
  public record Question(
      String fact, String asks, String ask, String again, String unsure, boolean once) {}

  /// Something to be brought about.
  ///
  /// @param when atoms, as of a rule: when it is wanted
  /// @param needs facts; what is missing is asked for, the first first. A `?` behind a name: it
  ///   counts where it is known, and is not asked for
  /// @param confirm words that repeat back what matters and ask for a yes; empty where none is
  ///   needed. A yes counts for the values that were repeated, and for no others
  /// @param again the same in other words, where the answer was neither yes nor no
  /// @param asks the topic of that yes
  /// @param gives the fact that shows that it is reached; where a need has another value since, it
  ///   is not reached any more. Empty: it is reached once it was done for these values
  /// @param then actions in order, once everything is known and confirmed
  public record Goal(
      String id,
      List<String> when,
      List<String> needs,
      String confirm,
      String again,
      String asks,
      String gives,
      List<SortedMap<String, String>> then) {
    public Goal {
      when = List.copyOf(when);
      needs = List.copyOf(needs);
      then = List.copyOf(then);
    }
  }

  /// @param when atoms, all of which must hold; `!` in front negates. They are: `started` (the
  ///   lease was just granted), `arrived` (the buyer has come to a conversation that the engine
  ///   began), `reached` (the buyer is there to hear), `heard`, `silence`, `silence:N` (for the Nth
  ///   time in a row), `signal:NAME` or `signal:NAME=VALUE`, `fact:NAME` or `fact:NAME=VALUE`
  ///   (known and fresh), `confirmed:TOPIC`, `declined:TOPIC`, `consent:PURPOSE=STATE` (granted,
  ///   unclear, refused, withdrawn, unknown), `asked:TOPIC` (the topic the buyer was answering),
  ///   `done:KIND` or `failed:KIND` (an action of the last answer), `refused:KIND` or
  ///   `refused:KIND=CHECK`, `pending:KIND` (waits for an approval), `may:KIND`, `role-was:ROLE`
  ///   (who held the conversation before), `human-available`, `picked` (one of the free times that
  ///   were offered), `time-taken` (the hour that was named is not among them), `stuck` (the same
  ///   question was put twice, and the buyer has not answered it), `said:RULE` (that rule was taken
  ///   before), `taken:RULE` (since the buyer was heard), `answered` (a rule before has said
  ///   something), `newer:FACT=FACT` (known, and younger than the other), `over-budget` (the quote
  ///   is more than the buyer named), `follow-up` (it is due)
  /// @param then actions in order: each a map with `action` (a kind) and its arguments; `say` holds
  ///   the words, in which `{fact}` is replaced by a fact's value
  public record Rule(String id, List<String> when, List<SortedMap<String, String>> then) {
    public Rule {
      when = List.copyOf(when);
      then = List.copyOf(then);
    }
  }
}
