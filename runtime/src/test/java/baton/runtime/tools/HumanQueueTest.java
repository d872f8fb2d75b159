package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action.TransferToHuman;
import baton.handoff.fact.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class HumanQueueTest {
  private final Storage storage;
  private final Bench bench;

  HumanQueueTest(Storage storage) {
    this.storage = storage;
    this.bench = storage.empty();
  }

  @Test
  void whereNobodyIsAvailableTheTransferFails() {
    assertEquals(new Failed("nobody-available"), transfer("c1", "k1"));
    available("kim", true, 0);
    available("kim", false, 1);
    assertEquals(new Failed("nobody-available"), transfer("c1", "k2"));
    assertEquals(List.of(), bench.queueRows());
  }

  @Test
  void aTransferIsOfferedToAllWhoAreAvailable() {
    available("kim", true, 0);
    available("lou", true, 0);
    available("max", false, 0);
    assertEquals(2, bench.humans.count(bench.tenant));
    assertEquals(Outcome.confirmed(Map.of("human.offered", Value.of("2"))), transfer("c1", "k1"));
    assertEquals(List.of("c1 offered -"), bench.queueRows());
  }

  @Test
  void aConversationIsOnOfferOnce() {
    available("kim", true, 0);
    transfer("c1", "k1");
    assertEquals(Outcome.confirmed(Map.of("human.offered", Value.of("1"))), transfer("c1", "k2"));
    assertEquals(List.of("c1 offered -"), bench.queueRows());
  }

  @Test
  void whoAcceptsFirstHasItUntilItIsGivenBack() {
    available("kim", true, 0);
    transfer("c1", "k1");
    assertFalse(bench.humans.accept(conversation("c2"), "kim"));
    assertTrue(bench.humans.accept(conversation("c1"), "kim"));
    assertFalse(bench.humans.accept(conversation("c1"), "lou"));
    assertEquals(List.of("c1 accepted kim"), bench.queueRows());
    assertFalse(bench.humans.giveBack(conversation("c1"), "lou"));
    assertTrue(bench.humans.giveBack(conversation("c1"), "kim"));
    assertFalse(bench.humans.giveBack(conversation("c1"), "kim"));
    transfer("c1", "k2");
    assertEquals(List.of("c1 offered -", "c1 returned kim"), bench.queueRows());
  }

  @Test
  void olderWordOfAnOperatorChangesNothing() {
    available("kim", true, 5);
    available("kim", true, 9);
    available("kim", false, 7);
    assertEquals(1, bench.humans.count(bench.tenant));
    available("kim", false, 9);
    assertEquals(0, bench.humans.count(bench.tenant));
  }

  @Test
  void operatorsAreThereForTheirOwnTenantAlone() {
    var other = storage.empty();
    other.humans.available(other.tenant, "kim", true, Bench.MONDAY);
    assertEquals(0, bench.humans.count(bench.tenant));
    assertEquals(new Failed("nobody-available"), transfer("c1", "k1"));
    other.humans.call(other.effect("k1", new TransferToHuman("buyer-asked")));
    assertFalse(bench.humans.accept(conversation("c1"), "kim"));
    assertEquals(List.of("c1 offered -"), other.queueRows());
  }

  private void available(String operator, boolean available, long second) {
    var at = Bench.MONDAY.plusSeconds(second);
    bench.humans.available(bench.tenant, operator, available, at);
  }

  private Outcome transfer(String conversation, String key) {
    var transfer = new TransferToHuman("buyer-asked");
    return bench.humans.call(bench.effect(conversation, key, transfer, Bench.MONDAY));
  }

  private ConversationId conversation(String id) {
    return new ConversationId(bench.tenant, id);
  }
}
