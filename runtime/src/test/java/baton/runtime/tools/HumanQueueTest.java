package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action.TransferToHuman;
import baton.handoff.fact.Value;
import baton.runtime.tools.HumanQueue.Standing;
import baton.runtime.tools.Offers.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One contract for the queue in PostgreSQL and for its twin in memory.
@ParameterizedClass
@EnumSource
class HumanQueueTest {
  private static final Failed NOBODY = new Failed("nobody-available");
  private static final long LAPSES_S = HumanQueue.PRESENCE.toSeconds();

  private final Storage storage;
  private final Bench bench;

  HumanQueueTest(Storage storage) {
    this.storage = storage;
    this.bench = storage.empty();
  }

  @Test
  void whereNobodyIsAvailableTheTransferFails() {
    assertEquals(NOBODY, transfer("c1", "k1"));
    available("kim", true, 0);
    available("kim", false, 1);
    assertEquals(NOBODY, transfer("c1", "k2"));
    assertEquals(List.of(), bench.queueRows());
  }

  @Test
  void aTransferIsOfferedToAllWhoAreAvailable() {
    available("kim", true, 0);
    available("lou", true, 0);
    available("max", false, 0);
    assertEquals(2, bench.humans.count(bench.tenant));
    assertEquals(offeredTo(2), transfer("c1", "k1"));
    assertEquals(List.of("c1 offered -"), bench.queueRows());
  }

  @Test
  void aConversationIsOnOfferOnce() {
    available("kim", true, 0);
    transfer("c1", "k1");
    assertEquals(offeredTo(1), transfer("c1", "k2"));
    assertEquals(List.of("c1 offered -"), bench.queueRows());
  }

  @Test
  void anOperatorIsThereUntilTheStatedTimeAndNotLonger() {
    var until = Bench.MONDAY.plusSeconds(LAPSES_S);
    assertEquals(new Presence("kim", true, Optional.of(until)), available("kim", true, 0));
    assertEquals(offeredTo(1), transfer("c1", "k1", until.minusMillis(1)));
    assertEquals(NOBODY, transfer("c2", "k2", until));
    available("lou", true, -LAPSES_S);
    assertEquals(1, bench.humans.count(bench.tenant), "lou has given no sign of life");
  }

  @Test
  void aSignOfLifeRenewsPresence() {
    available("kim", true, 0);
    var renewed = available("kim", true, LAPSES_S - 1);
    var until = Bench.MONDAY.plusSeconds(2 * LAPSES_S - 1);
    assertEquals(Optional.of(until), renewed.until());
    assertEquals(offeredTo(1), transfer("c1", "k1", until.minusMillis(1)));
  }

  @Test
  void whoIsAwayIsAwayAtOnce() {
    available("kim", true, 0);
    assertEquals(new Presence("kim", false, Optional.empty()), available("kim", false, 1));
    assertEquals(0, bench.humans.count(bench.tenant));
  }

  @Test
  void olderWordOfAnOperatorChangesNothing() {
    available("kim", true, 5);
    available("kim", true, 9);
    var told = available("kim", false, 7);
    assertEquals(Optional.of(Bench.MONDAY.plusSeconds(9 + LAPSES_S)), told.until());
    assertEquals(1, bench.humans.count(bench.tenant));
    available("kim", false, 9);
    assertEquals(0, bench.humans.count(bench.tenant));
  }

  @Test
  void whoDeclinesIsNotOfferedTheConversationAgainButEveryOtherOne() {
    available("kim", true, 0);
    available("lou", true, 0);
    transfer("c1", "k1");
    assertEquals(1, decline("c1", "kim"));
    assertEquals(1, decline("c1", "kim"), "twice is once");
    assertEquals(Set.of(conversation("c1")), declinedBy("kim"));
    assertEquals(Set.of(), declinedBy("lou"));
    bench.humans.follow(conversation("c1"), new Standing.Elsewhere());
    assertEquals(offeredTo(1), transfer("c1", "k2"));
    assertEquals(offeredTo(2), transfer("c2", "k3"));
    assertEquals(0, decline("c1", "lou"));
    bench.humans.follow(conversation("c1"), new Standing.Elsewhere());
    assertEquals(NOBODY, transfer("c1", "k4"), "nobody is left");
  }

  @Test
  void whoTakesADeclinedConversationOverAfterAllMayBeOfferedItAgain() {
    available("kim", true, 0);
    transfer("c1", "k1");
    decline("c1", "kim");
    bench.humans.follow(conversation("c1"), new Standing.With("kim"));
    assertEquals(Set.of(), declinedBy("kim"));
    assertEquals(List.of("c1 accepted kim"), bench.queueRows());
  }

  @Test
  void everyOfferEndsInOneWay() {
    available("kim", true, 0);
    for (var id : List.of("back", "closed", "late", "left")) transfer(id, "k-" + id);
    assertEquals(4, bench.queueRows().stream().filter(row -> row.endsWith("offered -")).count());
    follow("back", new Standing.Waiting(), new Standing.With("kim"), new Standing.Elsewhere());
    follow("closed", new Standing.With("kim"), new Standing.Over());
    follow("late", new Standing.Elsewhere(), new Standing.With("kim"));
    follow("left", new Standing.Over());
    assertEquals(
        List.of("back returned kim", "closed closed kim", "late lapsed -", "left lapsed -"),
        bench.queueRows());
    assertEquals(offeredTo(1), transfer("back", "k-again"));
    assertEquals(List.of("back offered -", "back returned kim"), bench.queueRows().subList(0, 2));
  }

  @Test
  void operatorsAreThereForTheirOwnTenantAlone() {
    var other = storage.empty();
    other.humans.available(other.tenant, "kim", true, Bench.MONDAY);
    assertEquals(0, bench.humans.count(bench.tenant));
    assertEquals(NOBODY, transfer("c1", "k1"));
    other.humans.call(other.effect("k1", new TransferToHuman("buyer-asked")));
    decline("c1", "kim");
    follow("c1", new Standing.With("kim"));
    assertEquals(List.of("c1 offered -"), other.queueRows());
    assertEquals(
        Set.of(), other.humans.declined("kim", List.of(new ConversationId(other.tenant, "c1"))));
  }

  private Presence available(String operator, boolean available, long second) {
    var at = Bench.MONDAY.plusSeconds(second);
    return bench.humans.announced(bench.tenant, operator, available, at);
  }

  private Outcome transfer(String conversation, String key) {
    return transfer(conversation, key, Bench.MONDAY);
  }

  private Outcome transfer(String conversation, String key, Instant at) {
    return bench.humans.call(
        bench.effect(conversation, key, new TransferToHuman("buyer-asked"), at));
  }

  private static Outcome offeredTo(int operators) {
    return Outcome.confirmed(Map.of("human.offered", Value.of(Integer.toString(operators))));
  }

  private int decline(String conversation, String operator) {
    return bench.humans.decline(conversation(conversation), operator, Bench.MONDAY);
  }

  private Set<ConversationId> declinedBy(String operator) {
    return bench.humans.declined(operator, List.of(conversation("c1"), conversation("c2")));
  }

  private void follow(String conversation, Standing... standings) {
    for (var standing : standings) bench.humans.follow(conversation(conversation), standing);
  }

  private ConversationId conversation(String id) {
    return new ConversationId(bench.tenant, id);
  }
}
