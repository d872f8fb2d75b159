package baton.runtime.pages.console;

import baton.runtime.view.ConversationView.ConsentView;
import baton.runtime.view.ConversationView.FactView;
import baton.runtime.view.EffectView;
import baton.runtime.view.Timeline.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One conversation as its page shows it.
///
/// @param buyer the name that the buyer gave, or empty
/// @param policy hash of the campaign's active policy: its clauses can be linked to
/// @param rows a stretch of the timeline
/// @param earlier number of the event before which there is more, or empty
/// @param isPast whether newer events are left out
/// @param blocked how many decisions stopped something
/// @param blockedOnly whether only those are shown
/// @param mine whether this operator has it
public record TalkView(
    String id,
    String buyer,
    String campaign,
    String channel,
    String status,
    String holder,
    long epoch,
    String policy,
    Instant begun,
    long last,
    TrackShape track,
    List<Row> rows,
    Optional<Long> earlier,
    boolean isPast,
    int blocked,
    boolean blockedOnly,
    boolean mine,
    Map<String, FactView> facts,
    Map<String, ConsentView> consents,
    List<EffectView> effects) {
  public TalkView {
    rows = List.copyOf(rows);
    effects = List.copyOf(effects);
  }

  public boolean isClosed() {
    return status.equals("closed");
  }

  public String title() {
    return buyer.isEmpty() ? "Unnamed buyer" : buyer;
  }

  public String path() {
    return "/conversations/" + id;
  }

  /// Where a clause is explained, or null where nobody can be sent there.
  public String clause(String policyOfRow, String clause) {
    if (clause.isEmpty() || clause.equals("engine") || !policyOfRow.equals(policy)) return null;
    return "/policy?campaign=" + campaign + "#" + clause;
  }

  /// "5 facts and 2 consents".
  public String known() {
    return Show.count(facts.size(), "fact") + ", " + Show.count(consents.size(), "consent");
  }
}
