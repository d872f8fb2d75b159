package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.port.Claims.Claim;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation.TakeOver;
import baton.simulation.history.Occurrence.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When a take-over has returned, no claim rests on a lease from before it, and under its own epoch
/// nobody acts but the operator and the engine with its fixed lines.
///
/// The grant that answered it is the first between question and answer, or, for an operator who had
/// the conversation, the last one before. Where journals are seen as they are written, their order
/// tells; in a recording they come after all answers, and the clock that both were read from tells.
final class TakeOverHolds implements Checker {
  private static final Set<Role> WITH_HUMAN = Set.of(Role.HUMAN, Role.ENGINE);

  private record Grant(Instant at, String operator, long epoch) {}

  /// @param grants how many the operator had been given before
  private record Asked(Instant at, TakeOver operation, int grants) {}

  /// @param claims the number of the last claim that may be older
  private record Held(Asked asked, Instant answered, long claims, Optional<Grant> byOrder) {}

  private final Map<Long, Asked> asked = new HashMap<>();
  private final Map<ConversationId, List<Held>> held = new HashMap<>();
  private final Map<ConversationId, List<Grant>> grants = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Invoked(var at, var number, TakeOver operation) ->
          asked.put(number, new Asked(at, operation, own(operation).size()));
      case Occurrence.Returned returned ->
          Optional.ofNullable(asked.remove(returned.number()))
              .ifPresent(own -> held(own, returned));
      case Occurrence.Journaled(var id, var entry, _, _) -> granted(id, entry);
      case Occurrence.Claimed(var claim, _, _) ->
          held.getOrDefault(claim.conversation(), List.of()).forEach(each -> judge(claim, each));
      case Occurrence.Invoked _,
          Occurrence.Advanced _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }

  @Override
  public void end() {
    held.forEach((id, all) ->
        all.forEach(each ->
            require(
                grant(each).isPresent(),
                () ->
                    "take-over holds: a take-over of %s was answered, and its journal grants nobody"
                        .formatted(id.key()))));
  }

  private void held(Asked question, Occurrence.Returned answer) {
    if (answer.result() != Result.OK || answer.claims() == 0) return;
    var own = own(question.operation);
    var byOrder =
        own.isEmpty()
            ? Optional.<Grant>empty()
            : Optional.of(own.get(Math.min(question.grants, own.size() - 1)));
    held.computeIfAbsent(question.operation.conversation(), _ -> new ArrayList<>())
        .add(new Held(question, answer.at(), answer.claims(), byOrder));
  }

  private void granted(ConversationId id, Entry entry) {
    for (var event : entry.events()) {
      if (event instanceof Event.Granted(var role, var operator, _, var epoch)
          && role.equals(Role.HUMAN)) {
        grants
            .computeIfAbsent(id, _ -> new ArrayList<>())
            .add(new Grant(entry.now().at(), operator, epoch));
      }
    }
  }

  private void judge(Claim claim, Held take) {
    if (claim.n() <= take.claims) return;
    var grant = grant(take);
    if (grant.isEmpty()) return;
    long epoch = grant.get().epoch;
    require(
        claim.epoch() >= epoch,
        () ->
            "take-over holds: claim %d of %s has epoch %d, and the operator had had %d before it"
                .formatted(claim.n(), claim.conversation().key(), claim.epoch(), epoch));
    require(
        claim.epoch() > epoch || WITH_HUMAN.contains(claim.role()),
        () ->
            "take-over holds: claim %d of %s is by %s, under the operator's own epoch %d"
                .formatted(claim.n(), claim.conversation().key(), claim.role(), epoch));
  }

  private Optional<Grant> grant(Held take) {
    return take.byOrder.or(() -> byClock(take));
  }

  private Optional<Grant> byClock(Held take) {
    var before =
        own(take.asked.operation).stream()
            .filter(grant -> !grant.at.isAfter(take.answered))
            .toList();
    // The journal's clock may show no more than milliseconds.
    var from = take.asked.at.truncatedTo(ChronoUnit.MILLIS);
    return before.stream()
        .filter(grant -> !grant.at.isBefore(from))
        .findFirst()
        .or(() -> before.isEmpty() ? Optional.empty() : Optional.of(before.getLast()));
  }

  private List<Grant> own(TakeOver operation) {
    return grants.getOrDefault(operation.conversation(), List.of()).stream()
        .filter(grant -> grant.operator.equals(operation.operator()))
        .toList();
  }
}
