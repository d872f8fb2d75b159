package baton.handoff.policy;

import baton.handoff.Role;
import baton.handoff.fact.Money;
import baton.handoff.gate.Condition;
import baton.handoff.gate.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A policy document, compiled once: everything the kernel reads of it, indexed by action kind
/// where a check asks by kind. A kind that a map does not hold has no such rule.
///
/// @param hash SHA-256 of the document's canonical JSON, hex: the policy's version
/// @param inbound whether anyone may open a conversation
/// @param start the role that holds the first lease
/// @param zone the seller's time zone
/// @param channels over which contacts may take place
/// @param lines the policy's own sentences by name
/// @param freshness how long a fact of that name stays fresh; `*` for all others
/// @param outreach how the engine reaches out first; empty where it never does
public record Policy(
    String hash,
    String campaign,
    String title,
    String owner,
    String purpose,
    boolean inbound,
    Role start,
    ZoneId zone,
    Set<String> channels,
    Map<String, Autonomy> autonomy,
    Map<Role, Mandate> mandates,
    List<Transition> transitions,
    Map<String, List<Right>> rights,
    Map<String, List<Limit>> limits,
    Map<String, List<Disclosure>> disclosures,
    Map<String, List<ConsentRule>> consents,
    Map<String, List<Hours>> hours,
    Map<String, List<Certainty>> certainty,
    Map<String, List<Fairness>> fairness,
    List<Language> language,
    Map<String, List<Custom>> custom,
    Map<String, Line> lines,
    Map<String, Duration> freshness,
    Timing timing,
    Fallbacks fallbacks,
    Optional<Outreach> outreach,
    String lexicon) {

  /// How far an action goes without a person.
  ///
  /// @param right the decision right an operator needs where the level is `ASSIST`
  public record Autonomy(Clause clause, Level level, String right) {
    public enum Level {
      /// Never by a machine.
      OFF,
      /// Each time with an operator's approval.
      ASSIST,
      /// Within the other clauses.
      BOUNDED
    }
  }

  /// What a role may and may never do, and within what. What is not granted is denied; what is
  /// prohibited stays prohibited.
  ///
  /// @param agent which agent fills the role: `playbook`, or the name of a plugged one
  public record Mandate(
      Role role, String agent, Map<String, Clause> may, Map<String, Clause> never, Scope scope) {}

  /// Within what a role acts. An empty set allows nothing of its sort.
  ///
  /// @param priceTo the highest total a quote or commitment may have, in its currency
  /// @param crmFields the CRM fields the role may write
  public record Scope(
      Clause clause,
      Set<String> products,
      Set<String> channels,
      Set<String> segments,
      Set<String> crmFields,
      Optional<Money> priceTo) {}

  /// One edge of the transition table.
  ///
  /// @param requires facts that must be there, fresh, sure enough and not only an agent's word
  /// @param confirmations topics to which the buyer must have said yes
  /// @param consents purposes that must be granted
  /// @param contract facts that the next role receives
  /// @param bounceMax how often this edge may be taken in one conversation
  /// @param answerWithin how long the next role may take to accept
  /// @param otherwise where the conversation goes when the hand-off is refused or times out
  public record Transition(
      Clause clause,
      Role from,
      Role to,
      List<Needed> requires,
      Set<String> confirmations,
      Set<String> consents,
      Set<String> contract,
      int bounceMax,
      Duration answerWithin,
      SafeState otherwise) {
    /// @param confidence the least, in percent
    public record Needed(String fact, int confidence) {}
  }

  /// Where a hand-off ends that was not accepted.
  public enum SafeState {
    /// The role that had the conversation gets it again, under a new epoch and with nothing else.
    RETURN,
    /// Nobody holds it; an operator is called.
    HUMAN,
    /// The conversation ends with the policy's goodbye.
    CLOSE
  }

  /// Who may permit an action up to a threshold. Of several rights for one kind, the one with the
  /// lowest threshold that covers the action applies.
  ///
  /// @param id the right's name, which an operator holds by
  /// @param measure `percent` or `amount` of the action, or `any`
  /// @param upTo the highest value covered: percent, or an amount in the smallest unit
  public record Right(Clause clause, String id, String measure, long upTo, Holder holder) {
    /// A role's own right permits; an operator's needs an approval.
    public sealed interface Holder {
      record ByRole(Role role) implements Holder {}

      record ByOperator() implements Holder {}
    }
  }

  /// A bound on how often or how long.
  ///
  /// @param measure which counter: `turns` (buyer's messages), `speech` (sentences voiced),
  ///   `rounds` (answers since the buyer was last heard), `silences`, `concessions`, `hand-offs`,
  ///   `retries` (refusals since the buyer was last heard), `minutes` (since the conversation was
  ///   opened), `tokens`, or `kind:KIND` (effects of a kind)
  /// @param atMost the highest count that is still permitted, the action itself counted in where it
  ///   is one of those that are counted
  public record Limit(Clause clause, String measure, long atMost, Verdict then) {}

  /// What must have been said before an action.
  ///
  /// @param line name of the policy's line that holds the sentence
  /// @param rearm whether each new holder must say it again
  public record Disclosure(Clause clause, String id, String line, boolean rearm) {}

  /// A consent that an action needs.
  public record ConsentRule(Clause clause, String purpose) {}

  /// When an action may take place, on the buyer's clock.
  public record Hours(
      Clause clause, Set<DayOfWeek> days, LocalTime from, LocalTime until, boolean inbound) {}

  /// How sure one must be.
  ///
  /// @param confidence the least confidence of the buyer's last message, in percent
  /// @param facts names that must be there and fresh
  public record Certainty(Clause clause, int confidence, Set<String> facts) {}

  /// A hard limit on intensity or on differential treatment; no right and no approval lifts it.
  ///
  /// @param measure `unanswered` (answers voiced since the buyer was last heard; the sentences of
  ///   one answer count once), `percent` (of a concession), or `attempts` (contacts that were begun
  ///   with this buyer over all conversations)
  /// @param atMost the highest count that is still permitted, the action itself counted in
  public record Fairness(Clause clause, String measure, long atMost) {}

  /// What may not be in an agent's words.
  ///
  /// @param signal the feature's name
  /// @param values which values of it; empty for all
  /// @param roles whose words; empty for all
  /// @param reframe whether the first such words since the buyer was heard are only refused, so
  ///   that they can be put in another way; from the second on `then` holds
  public record Language(
      Clause clause,
      String signal,
      Set<String> values,
      Set<Role> roles,
      boolean reframe,
      Verdict then) {}

  /// A condition that data cannot say. It can only tighten: where it holds, the verdict is at least
  /// `then`.
  public record Custom(Clause clause, Condition when, Verdict then) {}

  /// A sentence of the policy's own.
  ///
  /// @param engine whether the supervisor may say it under the role `engine`
  /// @param afterOptOut whether it may still be said to a buyer who has opted out
  public record Line(
      Clause clause, String name, String text, boolean engine, boolean afterOptOut) {}

  /// How long things may take or last.
  public record Timing(
      Duration permit,
      Duration think,
      Duration silence,
      Duration approval,
      Duration human,
      Duration followUp) {}

  /// What happens when something does not go on.
  ///
  /// @param silencesMax after how many silences in a row the conversation is closed
  /// @param roundsMax after how many answers in a row without a word of the buyer the agent is no
  ///   longer asked
  /// @param thinking where the conversation goes when the agent does not answer in time
  public record Fallbacks(int silencesMax, int roundsMax, SafeState thinking) {}

  /// How the engine reaches out to buyers who have not come by themselves.
  ///
  /// @param channel over which it does
  /// @param pace the least time between two new conversations of the campaign
  /// @param again how long after each attempt the next one is made while nobody has come; one more
  ///   attempt than there are waits. After the last attempt the last wait runs out as well, and the
  ///   conversation ends.
  public record Outreach(Clause clause, String channel, Duration pace, List<Duration> again) {
    public Outreach {
      again = List.copyOf(again);
    }

    /// How long to wait after an attempt.
    ///
    /// @param attempts how many there have been, from 1
    public Duration after(int attempts) {
      return again.get(Math.min(attempts, again.size()) - 1);
    }

    public int attemptsMax() {
      return again.size() + 1;
    }
  }

  public Optional<Transition> transition(Role from, Role to) {
    for (var transition : transitions) {
      if (transition.from().equals(from) && transition.to().equals(to)) {
        return Optional.of(transition);
      }
    }
    return Optional.empty();
  }

  public Duration freshness(String fact) {
    var own = freshness.get(fact);
    return own != null ? own : freshness.getOrDefault("*", Duration.ofHours(24));
  }
}
