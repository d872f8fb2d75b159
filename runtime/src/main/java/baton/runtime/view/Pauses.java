package baton.runtime.view;

import baton.handoff.ConversationId;
import baton.handoff.port.Controls;
import java.util.List;

/// Whether a paused scope covers a conversation.
public final class Pauses {
  private Pauses() {}

  /// @param holder the role that has the lease, or null
  public static boolean cover(
      List<Controls.Row> rows, ConversationId id, String campaign, String holder) {
    return rows.stream()
        .filter(row -> row.mode() == Controls.Mode.PAUSED)
        .map(Controls.Row::scope)
        .anyMatch(scope ->
            switch (scope.level()) {
              case ENGINE -> true;
              case TENANT -> scope.name().equals(id.tenant());
              case CAMPAIGN -> scope.name().equals(campaign);
              case ROLE -> scope.name().equals(holder);
              case CONVERSATION -> scope.name().equals(id.id());
            });
  }
}
