package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApprovalsTest {
  @Test
  void whatWasOpenedIsListedUntilItEnds() {
    var approvals = new MemoryOpenApprovals();
    for (var entry : Journal.whole()) {
      approvals.follow(Journal.ID, entry.first(), entry.events());
    }
    var open = approvals.open("default", 10);
    assertEquals(1, open.size());
    assertEquals(Journal.ID, open.getFirst().conversation());

    approvals.follow(
        Journal.ID, 99, List.of(new Event.ApprovalExpired(open.getFirst().seq())));
    assertEquals(List.of(), approvals.open("default", 10));
    assertEquals(List.of(), approvals.open("other", 10));
  }
}
