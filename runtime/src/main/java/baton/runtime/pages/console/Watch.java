package baton.runtime.pages.console;

import baton.handoff.ConversationId;
import baton.handoff.port.Claims;
import baton.handoff.port.Controls;
import baton.runtime.http.Asked;
import baton.runtime.http.Site;
import baton.runtime.pages.Frame;
import baton.runtime.pages.Templates;
import baton.runtime.view.ApprovalLog;
import baton.runtime.view.Pauses;
import baton.runtime.view.Roster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What all pages of the console are made from: the ports, the roster and the frame. All of it
/// blocks.
final class Watch {
  private static final int APPROVALS_MAX = 200;
  private static final int LATELY_MAX = 100;
  private static final int UNFINISHED_MAX = 200;

  private final Site.Ground ground;
  private final Templates templates;
  private final Roster roster;

  Watch(Site.Ground ground, Templates templates, Roster roster) {
    this.ground = ground;
    this.templates = templates;
    this.roster = roster;
  }

  Site.Ground ground() {
    return ground;
  }

  Templates templates() {
    return templates;
  }

  Roster roster() {
    return roster;
  }

  Frame frame(Asked asked, String title) {
    return templates.frame(title, asked.csrf(), List.of("console.css"), List.of("console.js"));
  }

  Rail rail(Asked asked, String here) {
    var ports = ground.ports();
    return new Rail(
        here,
        openApprovals(asked).size(),
        ports.operators().count(asked.tenant()) > 0,
        asked.operator(),
        bands(asked),
        scopes(asked));
  }

  private List<Rail.Band> bands(Asked asked) {
    var paused =
        ground.ports().controls().all(asked.tenant()).stream()
            .filter(row -> row.mode() == Controls.Mode.PAUSED)
            .toList();
    if (paused.isEmpty()) return List.of();
    int claimed =
        (int)
            unfinished(asked).stream()
                .filter(claim -> claim.state() == Claims.ClaimState.CLAIMED)
                .count();
    return paused.stream()
        .map(row ->
            new Rail.Band(
                row.scope().toString(),
                Show.scope(row.scope()),
                row.operator(),
                row.at(),
                row.reason(),
                claimed))
        .toList();
  }

  /// What can be paused from anywhere.
  private List<String> scopes(Asked asked) {
    var scopes = new LinkedHashSet<String>(List.of("engine"));
    var policies = ground.ports().policies();
    for (var active : policies.active(asked.tenant())) scopes.add("campaign:" + active.campaign());
    for (var active : policies.active(asked.tenant())) {
      policies
          .byHash(asked.tenant(), active.hash())
          .ifPresent(document ->
              document.policy().mandates().keySet().stream()
                  .sorted()
                  .forEach(role -> scopes.add("role:" + role.name())));
    }
    return List.copyOf(scopes);
  }

  List<Roster.Unfinished> unfinished(Asked asked) {
    return roster.unfinished(asked.tenant(), UNFINISHED_MAX);
  }

  /// Those that wait for an answer, the one that expires first before the others.
  List<ApprovalLog.Item> openApprovals(Asked asked) {
    var open = new ArrayList<ApprovalLog.Item>();
    for (var row : ground.ports().approvals().open(asked.tenant(), APPROVALS_MAX)) {
      log(asked, row.conversation()).stream()
          .filter(item -> item.seq() == row.seq() && item.state().equals("open"))
          .filter(item -> ground.clock().instant().isBefore(item.expiresAt()))
          .forEach(open::add);
    }
    return open;
  }

  /// Those that are over, of the conversations in which something happened last.
  List<ApprovalLog.Item> endedApprovals(Asked asked) {
    return roster.page(asked.tenant(), Roster.Wanted.ALL, Optional.empty(), LATELY_MAX).stream()
        .flatMap(row -> log(asked, row.id()).stream())
        .filter(item -> !item.state().equals("open"))
        .sorted(Comparator.comparing(ApprovalLog.Item::endedAt).reversed())
        .limit(LATELY_MAX)
        .toList();
  }

  Optional<ApprovalLog.Item> approval(Asked asked, ConversationId id, long seq) {
    return log(asked, id).stream().filter(item -> item.seq() == seq).findFirst();
  }

  private List<ApprovalLog.Item> log(Asked asked, ConversationId id) {
    return ground.desk().find(id).stream()
        .flatMap(known -> ApprovalLog.of(id, known.entries(), ground.desk().sight(asked)).stream())
        .toList();
  }

  /// Why the engine may not act in a conversation, or empty.
  String paused(Asked asked, ConversationId id, String campaign, String holder) {
    return ground.ports().controls().all(asked.tenant()).stream()
        .filter(row -> Pauses.cover(List.of(row), id, campaign, holder))
        .map(row ->
            row.scope().level() == Controls.Scope.Level.CONVERSATION
                ? "Paused"
                : "Paused: " + Show.scope(row.scope()))
        .findFirst()
        .orElse("");
  }
}
