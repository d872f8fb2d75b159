package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action.WriteCrm;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CrmTest {
  private final Storage storage;
  private final Bench bench;

  CrmTest(Storage storage) {
    this.storage = storage;
    this.bench = storage.seeded();
  }

  @Test
  void aFieldKeepsItsHistoryWithWhoWhenAndWhence() {
    write("c1", "k1", Map.of("company", Value.of("Acme")));
    write("c2", "k2", Map.of("company", Value.of("Acme Ltd")));
    assertEquals(
        List.of(
            "Acme by booking in c1 under k1, buyer 7 at 2027-06-07T12:00:00Z",
            "Acme Ltd by booking in c2 under k2, agent - at 2027-06-07T12:00:00Z"),
        bench.fieldRows());
  }

  @Test
  void oneSubjectHasOneContactOverAllConversations() {
    var first = Bench.facts(write("c1", "k1", Map.of("company", Value.of("Acme"))));
    var second = Bench.facts(write("c2", "k2", Map.of("size", Value.of(40))));
    assertEquals(first, second);
    assertEquals(List.of(Bench.text(first, "crm.contact")), bench.contactIds());
  }

  @Test
  void aSealedValueIsStoredSealed() {
    var secret = Value.of(new Sealed("subject-1", "contact", "d1", "Y2lwaGVy"));
    write("c1", "k1", Map.of("email", secret));
    assertEquals(
        List.of(
            "subject-1 contact d1 Y2lwaGVy by booking in c1 under k1, agent -"
                + " at 2027-06-07T12:00:00Z"),
        bench.fieldRows());
  }

  @Test
  void oddFieldsAreRefusedAndNothingIsWritten() {
    assertEquals(new Failed("fields-out-of-range"), write("c1", "k1", Map.of()));
    var many = new HashMap<String, Value>();
    for (int i = 0; i < 65; i++) many.put("f" + i, Value.of(i));
    assertEquals(new Failed("fields-out-of-range"), write("c1", "k2", many));
    for (var name : List.of("", "Name", "1st", "a b", "a".repeat(65))) {
      var fields = Map.of("company", Value.of("Acme"), name, Value.of(1));
      assertEquals(new Failed("bad-field-name"), write("c1", "k-" + name, fields));
    }
    var text = Value.of("x".repeat(4001));
    assertEquals(new Failed("text-too-long"), write("c1", "k3", Map.of("note", text)));
    var fields = Map.of("company", Value.of("Acme"), "note", Value.of("nul\0"));
    assertEquals(new Failed("bad-arguments"), write("c1", "k4", fields));
    assertEquals(0, bench.fieldRows().size());
    assertEquals(0, bench.contactIds().size());
  }

  @Test
  void eightConversationsWriteOneContactAtOnceAndAllIsKept() {
    var runners = new ArrayList<Callable<Outcome>>();
    for (int i = 0; i < 8; i++) {
      String name = "c" + i;
      Map<String, Value> fields = Map.of("a", Value.of(i), "b", Value.of(i));
      runners.add(() -> write(name, "k-" + name, fields));
    }
    Bench.race(runners).forEach(outcome -> assertInstanceOf(Confirmed.class, outcome));
    assertEquals(16, bench.fieldRows().size());
    assertEquals(1, bench.contactIds().size());
  }

  @Test
  void aTenantHasContactsOfItsOwn() {
    var other = storage.seeded();
    write("c1", "k1", Map.of("company", Value.of("Acme")));
    assertEquals(0, other.fieldRows().size());
    var theirs = other.confirmed(other.crm, "k1", new WriteCrm(Map.of("company", Value.of("B"))));
    assertEquals(1, bench.fieldRows().size());
    assertEquals(List.of(Bench.text(theirs, "crm.contact")), other.contactIds());
  }

  private Outcome write(String conversation, String key, Map<String, Value> fields) {
    var effect = bench.effect(conversation, key, new WriteCrm(fields), Bench.MONDAY);
    return bench.crm.call(effect);
  }
}
