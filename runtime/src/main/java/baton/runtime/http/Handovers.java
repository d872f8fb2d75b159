package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import baton.runtime.view.Handover;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The conversations on offer, with what an operator should know, and the word "not me".
///
/// What is on offer is read from the journals: nothing here can be out of date.
final class Handovers {
  private static final int PAGE_MAX = 100;

  /// Most conversations on their way are between agents, for a moment each.
  private static final int JOURNALS_MAX = 500;

  private final Ports ports;
  private final Desk desk;
  private final InstantSource clock;

  Handovers(Ports ports, Desk desk, InstantSource clock) {
    this.ports = ports;
    this.desk = desk;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/offers", Route.Access.OPERATOR, this::offers),
        Route.of("POST", "/v1/offers/{id}/decline", Route.Access.OPERATOR, this::decline));
  }

  /// Whoever has waited longest comes first.
  private Answer offers(Asked asked) {
    var sight = desk.sight(asked);
    return Answer.ok(
        onTheirWay(asked).stream()
            .flatMap(id -> desk.find(id).stream())
            .flatMap(known -> Handover.of(known.id(), known.entries(), sight).stream())
            .sorted(Comparator.comparing(Handover::since).thenComparing(Handover::conversation))
            .limit(PAGE_MAX)
            .toList());
  }

  /// Without those that the operator has declined.
  private List<ConversationId> onTheirWay(Asked asked) {
    var found = new ArrayList<ConversationId>();
    String after = "";
    List<ConversationId> page;
    do {
      page =
          ports
              .conversations()
              .page(asked.tenant(), after, Optional.of("passing"), PAGE_MAX)
              .stream()
              .map(Conversations.Row::id)
              .toList();
      var declined = ports.operators().declined(asked.operator(), page);
      page.stream().filter(id -> !declined.contains(id)).forEach(found::add);
      if (!page.isEmpty()) after = page.getLast().id();
    } while (page.size() == PAGE_MAX && found.size() < JOURNALS_MAX);
    return found;
  }

  /// @param left how many operators are still offered it; where nobody is, it goes back at `until`
  record Declined(String conversation, String operator, int left, Instant until) {}

  private Answer decline(Asked asked) {
    asked.jsonOrNothing();
    var known = desk.known(asked);
    var handover =
        Handover.of(known.id(), known.entries(), desk.sight(asked))
            .orElseThrow(() ->
                Problem.of(409, "this conversation is not on offer: there is nothing to decline"));
    int left = ports.operators().decline(known.id(), asked.operator(), clock.instant());
    return Answer.ok(new Declined(known.id().id(), asked.operator(), left, handover.until()));
  }
}
