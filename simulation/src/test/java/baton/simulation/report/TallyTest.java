package baton.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Event;
import baton.handoff.Role;
import baton.simulation.report.Journey.Milestone;
import baton.simulation.report.Tally.MoveRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a batch of seven conversations comes to, whole.
class TallyTest {
  @Test
  void everythingThatIsCounted() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.met("haggling", 1, Batch.orders()));
    report.add(Batch.unmet("haggling", 2, Batch.orders(), "no concession", "no order"));
    report.add(Batch.met("list-price", 3, Batch.paysTheListPrice()));
    report.add(Batch.met("opt-out", 4, Batch.wantsNoMore()));
    report.add(Batch.unmet("silence", 5, Batch.fallsSilent(), "an order"));
    report.add(Batch.met("open", 6, Batch.isStillThere()));
    report.add(Batch.met("taken-over", 7, Batch.isTakenOver()));
    assertEquals(GOLDEN, lines(report.tally()));
  }

  private static final String GOLDEN =
      """
      failed 2 of 7
      ScenarioRow[name=haggling, conversations=2, failed=1, unmet={no concession=1, no order=1}]
      ScenarioRow[name=list-price, conversations=1, failed=0, unmet={}]
      ScenarioRow[name=opt-out, conversations=1, failed=0, unmet={}]
      ScenarioRow[name=silence, conversations=1, failed=1, unmet={an order=1}]
      ScenarioRow[name=open, conversations=1, failed=0, unmet={}]
      ScenarioRow[name=taken-over, conversations=1, failed=0, unmet={}]
      RoleRow[role=booking, held=7, handedOn=4, ended=2, open=1, verdicts=[58, 0, 0, 0]]
      RoleRow[role=transfer, held=3, handedOn=3, ended=0, open=0, verdicts=[3, 0, 0, 0]]
      RoleRow[role=closing, held=3, handedOn=0, ended=3, open=0, verdicts=[35, 0, 2, 2]]
      RoleRow[role=human, held=1, handedOn=0, ended=0, open=1, verdicts=[1, 0, 0, 0]]
      RoleRow[role=engine, held=0, handedOn=0, ended=0, open=0, verdicts=[4, 0, 0, 0]]
      Ending[reason=ordered, count=3, with={closing=3}]
      Ending[reason=, count=2, with={booking=1, human=1}]
      Ending[reason=opted-out, count=1, with={booking=1}]
      Ending[reason=silence, count=1, with={booking=1}]
      denied 2
      Denial[rule=Rule[clause=fair.concession, check=fairness, owner=Chief Compliance Officer], \
      count=2, example=1, role=closing, kind=concede]
      Denial[rule=Rule[clause=right.concession-20, check=rights, owner=Finance Director], \
      count=2, example=1, role=closing, kind=concede]
      MoveRow[from=opened, to=booking, count=7, refused=0]
      MoveRow[from=booking, to=transfer, count=3, refused=0]
      MoveRow[from=booking, to=human, count=1, refused=0]
      MoveRow[from=booking, to=nobody, count=1, refused=0]
      MoveRow[from=booking, to=closed, count=1, refused=0]
      MoveRow[from=transfer, to=closing, count=3, refused=0]
      MoveRow[from=closing, to=closed, count=3, refused=0]
      MoveRow[from=nobody, to=closed, count=1, refused=0]
      BOOKED 3 times: 80, 80, 80
      QUOTED 3 times: 120, 120, 120
      ORDERED 3 times: 140, 180, 180
      CLOSED 5 times: 20, 180, 600
      conceded 3 quoted, 2 times: 15, 15, 15
      """;

  private static String lines(Tally tally) {
    var lines = new StringBuilder();
    lines.append("failed %d of %d%n".formatted(tally.failed(), tally.conversations()));
    tally.scenarios().forEach(row -> lines.append(row).append('\n'));
    tally.roles().forEach(row -> lines.append(row).append('\n'));
    tally.endings().forEach(row -> lines.append(row).append('\n'));
    lines.append("denied %d%n".formatted(tally.denied()));
    tally.denials().forEach(row -> lines.append(row).append('\n'));
    tally.moves().forEach(row -> lines.append(row).append('\n'));
    for (var milestone : Milestone.values()) {
      lines.append("%s %s%n".formatted(milestone, spread(tally.time(milestone))));
    }
    tally
        .concessions()
        .forEach((segment, conceded) ->
            lines.append(
                "conceded%s %d quoted, %s%n"
                    .formatted(segment, conceded.quoted(), spread(conceded.percent()))));
    return lines.toString();
  }

  private static String spread(Spread spread) {
    return spread.isEmpty()
        ? "never"
        : "%d times: %d, %d, %d"
            .formatted(
                spread.total(), spread.quantile(10), spread.quantile(50), spread.quantile(90));
  }

  @Test
  void concessionsAreToldApartBySegment() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.inSegment("small", Batch.met("haggling", 1, Batch.orders())));
    report.add(Batch.inSegment("large", Batch.met("haggling", 2, Batch.paysTheListPrice())));
    var concessions = report.tally().concessions();
    assertEquals(Set.of("small", "large"), concessions.keySet());
    assertEquals("1 times: 15, 15, 15", spread(concessions.get("small").percent()));
    assertEquals(1, concessions.get("large").quoted());
    assertEquals("never", spread(concessions.get("large").percent()));
  }

  @Test
  void aHandOffThatWasRefusedIsNoneAndIsCountedAsThat() {
    var report = new Report(Batch.POLICY, 7);
    var refused = new Event.HandOffFailed(Role.BOOKING, Role.TRANSFER, "no-answer");
    var again = new Event.Granted(Role.BOOKING, "", Role.BOOKING, 3);
    report.add(Batch.then(Batch.met("refusal", 1, Batch.isStillThere()), refused, again));
    assertEquals(
        List.of(new MoveRow("opened", "booking", 1, 0), new MoveRow("booking", "transfer", 0, 1)),
        report.tally().moves());
  }

  @Test
  void whatAPersonHandsBackIsHeldByBothAndOpenWithTheLast() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.met("hand-back", 1, Batch.isHandedBack()));
    assertEquals(
        List.of(
            new MoveRow("opened", "booking", 1, 0),
            new MoveRow("booking", "human", 1, 0),
            new MoveRow("human", "booking", 1, 0)),
        report.tally().moves());
    assertEquals(1, report.tally().roles().getFirst().open());
  }

  @Test
  void aQuantileIsAValueThatCameUp() {
    var spread = new Spread();
    for (long value : List.of(60L, 10L, 20L, 10L, 50L)) spread.add(value);
    assertEquals(10, spread.quantile(1));
    assertEquals(10, spread.quantile(40));
    assertEquals(20, spread.quantile(50));
    assertEquals(60, spread.quantile(90));
    assertEquals(60, spread.most());
    assertEquals(3, spread.within(10, 50));
  }
}
