package baton.agents;

import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.policy.Playbook;
import baton.handoff.policy.Playbook.Goal;
import baton.handoff.policy.Playbook.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Where the conversation goes: of the goals that are wanted, the first that is not reached is
/// pursued. What is missing is asked for, what matters is repeated back, and then it is done. What
/// is known is never asked for.
final class Goals {
  /// What was heard less surely than this, in percent, is asked about before anything rests on it.
  private static final int SURE = 75;

  /// The free time that the buyer picked: known as long as one is picked.
  private static final String SLOT = "slot";

  /// The topic of the question that was put in its other words last.
  private static final String AGAIN = "again";

  private record Compiled(Goal goal, Predicate<Situation> when) {}

  /// @param lines of actions, in order
  /// @param notes what is to be remembered of it
  record Step(List<? extends Map<String, String>> lines, Notes notes) {}

  private final Map<String, Question> questions = new HashMap<>();
  private final List<Compiled> goals;

  Goals(Playbook playbook) {
    playbook.questions().forEach(question -> questions.put(question.fact(), question));
    this.goals =
        playbook.goals().stream().map(goal -> new Compiled(goal, Atom.all(goal.when()))).toList();
  }

  /// What is to be said or done next, best first; the first whose blanks can be filled is taken.
  List<Step> next(Situation situation) {
    var steps = new ArrayList<Step>();
    for (var compiled : goals) {
      if (!compiled.when.test(situation)) continue;
      step(compiled.goal, situation).ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<Step> step(Goal goal, Situation situation) {
    var notes = situation.notes();
    var values = values(goal, situation);
    if (isReached(goal, situation, values)) return Optional.empty();
    for (var need : goal.needs()) {
      if (need.endsWith("?")) continue;
      var asking = asking(need, situation);
      if (asking.isPresent()) return asking;
    }
    if (!goal.confirm().isEmpty() && !isConfirmed(goal, situation, values)) {
      boolean alone = !situation.answered();
      boolean again = !goal.again().isEmpty() && alone && situation.asked(goal.asks());
      var said = speak(again ? goal.again() : goal.confirm(), goal.asks());
      var repeated =
          notes
              .keep("confirm." + goal.id(), values)
              .keep("before." + goal.id(), said(goal, situation));
      return Optional.of(new Step(List.of(said), repeated));
    }
    if (goal.then().isEmpty()) return Optional.empty();
    return Optional.of(new Step(goal.then(), notes.keep("made." + goal.id(), values)));
  }

  private static boolean isReached(Goal goal, Situation situation, String values) {
    if (goal.needs().isEmpty()) return false;
    var made = situation.notes().values().get("made." + goal.id());
    if (goal.gives().isEmpty()) return values.equals(made);
    return situation.fact(goal.gives()).isPresent() && (made == null || made.equals(values));
  }

  /// The buyer said yes to these very values, after they were repeated back.
  private static boolean isConfirmed(Goal goal, Situation situation, String values) {
    var repeated = situation.notes().values();
    return situation.fact("confirmed." + goal.asks(), "yes")
        && values.equals(repeated.get("confirm." + goal.id()))
        && !said(goal, situation).equals(repeated.get("before." + goal.id()));
  }

  /// Which answer to the goal's question is known, or empty.
  private static String said(Goal goal, Situation situation) {
    return situation
        .fact("confirmed." + goal.asks())
        .map(fact -> Long.toString(fact.evidence()))
        .orElse("");
  }

  /// The question for a need, where it has to be put.
  private Optional<Step> asking(String need, Situation situation) {
    var notes = situation.notes();
    var question = questions.get(need);
    if (question == null) return Optional.empty(); // it is known, or the blanks say that it is not
    boolean known = isKnown(need, situation);
    if (known && (question.unsure().isEmpty() || isSure(need, situation))) return Optional.empty();
    if (!known && question.once() && notes.asked().contains(need)) return Optional.empty();
    if (known && !declined(need, situation)) {
      return Optional.of(new Step(List.of(speak(question.unsure(), "sure." + need)), notes));
    }
    boolean alone = !situation.answered();
    var topic = question.asks().isEmpty() ? need : question.asks();
    // Not the same sentence twice in a row.
    boolean again =
        !question.again().isEmpty()
            && alone
            && situation.asked(topic)
            && !topic.equals(notes.values().get(AGAIN));
    var said = speak(again ? question.again() : question.ask(), topic);
    var asked = notes.ask(need, topic, alone).keep(AGAIN, again ? topic : "");
    return Optional.of(new Step(List.of(said), asked));
  }

  private static boolean isKnown(String need, Situation situation) {
    return switch (need) {
      case SLOT -> new Slots(situation).picked().isPresent();
      case Signal.TIME_ZONE -> situation.briefing().zoneKnown();
      default -> situation.fact(need).isPresent();
    };
  }

  /// Heard clearly, or said yes to since.
  private static boolean isSure(String need, Situation situation) {
    var fact = situation.fact(need);
    if (fact.isEmpty() || fact.get().confidence() >= SURE) return true;
    return answered(need, "yes", fact.get(), situation);
  }

  private static boolean declined(String need, Situation situation) {
    return situation.fact(need).filter(fact -> answered(need, "no", fact, situation)).isPresent();
  }

  private static boolean answered(String need, String answer, Fact fact, Situation situation) {
    return situation
        .fact("confirmed.sure." + need)
        .filter(said -> said.value().shown().equals(answer))
        .filter(said -> said.evidence() > fact.evidence())
        .isPresent();
  }

  /// What the needs are now, to be compared.
  private static String values(Goal goal, Situation situation) {
    var values = new StringBuilder();
    for (var need : goal.needs()) {
      var name = need.endsWith("?") ? need.substring(0, need.length() - 1) : need;
      var value =
          name.equals(SLOT)
              ? new Slots(situation).picked().map(Slots.Slot::name)
              : situation.fact(name).map(fact -> fact.value().shown());
      values.append(name).append('=').append(value.orElse("")).append(';');
    }
    return values.toString();
  }

  private static SortedMap<String, String> speak(String words, String asks) {
    var line = new TreeMap<String, String>();
    line.put("action", "speak");
    line.put("say", words);
    line.put("asks", asks);
    return line;
  }
}
