package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Action;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.handoff.port.Tool.Effect;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every tool owes its caller, whatever it does.
@ParameterizedClass
@EnumSource
class ToolContractTest {
  private static final String SLOT = "avery@2027-06-07T13:00:00Z";
  private static final String LATER = "jordan@2027-06-07T15:00:00Z";
  private static final String ZONE = "Europe/Berlin";

  /// One kind of action each, with what must be there before it.
  enum Kind {
    FIND_SLOTS(
        bench -> bench.calendar,
        bench ->
            new Action.FindSlots(
                Bench.MONDAY, Bench.MONDAY.plus(Duration.ofDays(2)), ZONE, Optional.empty()),
        Bench::effects,
        0),
    BOOK(
        bench -> bench.calendar,
        bench -> new Action.Book(SLOT, Bench.MONDAY.plusSeconds(3600), ZONE),
        Bench::bookingVersions,
        0),
    RESCHEDULE(
        bench -> bench.calendar,
        bench ->
            new Action.Reschedule(booked(bench), LATER, Bench.MONDAY.plusSeconds(10_800), ZONE),
        Bench::bookingVersions,
        1),
    CANCEL(
        bench -> bench.calendar,
        bench -> new Action.Cancel(booked(bench)),
        Bench::bookingVersions,
        1),
    QUOTE(
        bench -> bench.prices,
        bench -> new Action.Quote("team", 12),
        bench -> bench.quoteRows().size(),
        0),
    CONCEDE(
        bench -> bench.prices,
        bench -> new Action.Concede(quoted(bench), 10),
        Bench::quoteVersions,
        1),
    TAKE_COMMITMENT(
        bench -> bench.orders,
        bench -> new Action.TakeCommitment(quoted(bench), new Money("USD", 30_000)),
        bench -> bench.orderRows().size(),
        0),
    WRITE_CRM(
        bench -> bench.crm,
        bench -> new Action.WriteCrm(Map.of("company", Value.of("Acme"))),
        bench -> bench.fieldRows().size(),
        0),
    TRANSFER_TO_HUMAN(
        bench -> bench.humans,
        bench -> {
          bench.humans.available(bench.tenant, "kim", true, Bench.MONDAY);
          return new Action.TransferToHuman("buyer-asked");
        },
        bench -> bench.queueRows().size(),
        0);

    private final Function<Bench, Tool> tool;
    private final Function<Bench, Action> action;
    private final ToLongFunction<Bench> effects;
    private final long before;

    /// @param effects a count that grows by one with each effect
    /// @param before its answer once the action is prepared
    Kind(
        Function<Bench, Tool> tool,
        Function<Bench, Action> action,
        ToLongFunction<Bench> effects,
        long before) {
      this.tool = tool;
      this.action = action;
      this.effects = effects;
      this.before = before;
    }

    String kind() {
      return action.apply(Storage.MEMORY.seeded()).kind();
    }
  }

  private final Storage storage;

  ToolContractTest(Storage storage) {
    this.storage = storage;
  }

  @ParameterizedTest
  @EnumSource
  void theSameKeyTwiceGivesTheSameOutcomeAndOneEffect(Kind kind) {
    var bench = storage.seeded();
    var effect = bench.effect("k1", kind.action.apply(bench));
    assertEquals(kind.before, kind.effects.applyAsLong(bench));
    var first = kind.tool.apply(bench).call(effect);
    assertInstanceOf(Confirmed.class, first);
    assertEquals(first, kind.tool.apply(bench).call(effect));
    assertEquals(kind.before + 1, kind.effects.applyAsLong(bench));
  }

  @ParameterizedTest
  @EnumSource
  void eightThreadsWithOneKeyGiveOneOutcomeAndOneEffect(Kind kind) {
    var bench = storage.seeded();
    var effect = bench.effect("k1", kind.action.apply(bench));
    Callable<Outcome> call = () -> kind.tool.apply(bench).call(effect);
    var outcomes = new HashSet<>(Bench.race(Collections.nCopies(8, call)));
    assertEquals(1, outcomes.size(), outcomes::toString);
    assertInstanceOf(Confirmed.class, outcomes.iterator().next());
    assertEquals(kind.before + 1, kind.effects.applyAsLong(bench));
  }

  @ParameterizedTest
  @EnumSource
  void aLookUpAfterTheCallKnowsItsOutcome(Kind kind) {
    var bench = storage.seeded();
    var effect = bench.effect("k1", kind.action.apply(bench));
    var done = kind.tool.apply(bench).call(effect);
    assertEquals(done, kind.tool.apply(bench).lookUp(effect));
  }

  @ParameterizedTest
  @EnumSource
  void aLookUpBeforeAnyCallSaysNeverDoneAndALateCallOfThatClaimKeepsToIt(Kind kind) {
    var bench = storage.seeded();
    var tool = kind.tool.apply(bench);
    var effect = bench.effect("k1", kind.action.apply(bench));
    assertEquals(new Failed("never-done"), tool.lookUp(effect));
    assertEquals(new Failed("never-done"), tool.call(effect));
    assertEquals(new Failed("never-done"), tool.lookUp(effect));
    assertEquals(kind == Kind.FIND_SLOTS ? 1 : kind.before, kind.effects.applyAsLong(bench));
  }

  @ParameterizedTest
  @EnumSource
  void aLaterClaimOfWhatWasNeverDoneDoesItOnce(Kind kind) {
    var bench = storage.seeded();
    var tool = kind.tool.apply(bench);
    var action = kind.action.apply(bench);
    var early = bench.effect("k1", action);
    var later = bench.effect("c1", "k1", action, Bench.MONDAY.plus(1, ChronoUnit.MICROS));
    assertEquals(new Failed("never-done"), tool.lookUp(early));
    var done = tool.call(later);
    assertInstanceOf(Confirmed.class, done);
    assertEquals(done, tool.call(later));
    assertEquals(done, tool.lookUp(later));
    assertEquals(done, tool.call(early), "late, and after it was done");
    assertEquals(kind.before + 1, kind.effects.applyAsLong(bench));
  }

  @ParameterizedTest
  @EnumSource
  void callsRacedAgainstLookUpsEndInOneTruth(Kind kind) {
    for (int round = 0; round < 5; round++) {
      var bench = storage.seeded();
      var tool = kind.tool.apply(bench);
      var effect = bench.effect("k1", kind.action.apply(bench));
      Callable<Outcome> call = () -> tool.call(effect);
      Callable<Outcome> lookUp = () -> tool.lookUp(effect);
      var outcomes = new HashSet<>(Bench.race(List.of(call, lookUp, call, lookUp)));
      assertEquals(1, outcomes.size(), outcomes::toString);
      boolean done = outcomes.iterator().next() instanceof Confirmed;
      long effects = kind.before + (done || kind == Kind.FIND_SLOTS ? 1 : 0);
      assertEquals(effects, kind.effects.applyAsLong(bench));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatWasUsedForAnotherActionDoesNothing(Kind kind) {
    var bench = storage.seeded();
    var action = kind.action.apply(bench);
    var other = kind == Kind.QUOTE ? bench.crm : bench.prices;
    other.call(
        bench.effect(
            "k1",
            kind == Kind.QUOTE
                ? new Action.WriteCrm(Map.of("a", Value.of(1)))
                : new Action.Quote("starter", 1)));
    long before = kind.effects.applyAsLong(bench);
    var refused = new Failed("key-reused");
    assertEquals(refused, kind.tool.apply(bench).call(bench.effect("k1", action)));
    assertEquals(refused, kind.tool.apply(bench).lookUp(bench.effect("k1", action)));
    assertEquals(before, kind.effects.applyAsLong(bench));
  }

  @ParameterizedTest
  @EnumSource
  void oneKeyInTwoTenantsIsTwoEffects(Kind kind) {
    for (var bench : List.of(storage.seeded(), storage.seeded())) {
      var effect = bench.effect("k1", kind.action.apply(bench));
      assertInstanceOf(Confirmed.class, kind.tool.apply(bench).call(effect));
      assertEquals(kind.before + 1, kind.effects.applyAsLong(bench));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaIsAnObjectWithTheFieldsOfTheAction(Kind kind) {
    var bench = storage.seeded();
    var action = kind.action.apply(bench);
    String schema = kind.tool.apply(bench).schema(action.kind());
    assertEquals(List.of("object"), PgBench.column("select ?::jsonb ->> 'type'", schema));
    var fields = new TreeSet<String>();
    var needed = new TreeSet<String>();
    for (RecordComponent field : action.getClass().getRecordComponents()) {
      fields.add(field.getName());
      if (field.getType() != Optional.class) needed.add(field.getName());
    }
    var keys = PgBench.column("select jsonb_object_keys(?::jsonb -> 'properties')", schema);
    assertEquals(fields, new TreeSet<>(keys));
    var required =
        PgBench.column("select jsonb_array_elements_text(?::jsonb -> 'required')", schema);
    assertEquals(needed, new TreeSet<>(required));
  }

  @Test
  void onlyWhatHasAWayBackCountsAsUndoable() {
    var bench = storage.seeded();
    var undoable = new TreeSet<String>();
    for (var kind : Kind.values()) {
      if (kind.tool.apply(bench).undoable(kind.kind())) undoable.add(kind.kind());
    }
    assertEquals(Set.of("find-slots", "book", "write-crm"), undoable);
  }

  @Test
  void everyKindOfEveryToolIsUnderThisContract() {
    var bench = storage.seeded();
    var tested = new TreeSet<String>();
    Arrays.stream(Kind.values()).forEach(kind -> tested.add(kind.kind()));
    assertEquals(bench.toolbox().kinds(), tested);
  }

  @Test
  void theToolboxSendsEachKindToItsTool() {
    for (var kind : Kind.values()) {
      var bench = storage.seeded();
      var toolbox = bench.toolbox();
      var effect = bench.effect("k1", kind.action.apply(bench));
      var tool = kind.tool.apply(bench);
      var done = toolbox.call(effect);
      assertInstanceOf(Confirmed.class, done);
      assertEquals(done, tool.lookUp(effect));
      assertEquals(done, toolbox.lookUp(effect));
      assertEquals(tool.schema(kind.kind()), toolbox.schema(kind.kind()));
      assertEquals(tool.undoable(kind.kind()), toolbox.undoable(kind.kind()));
    }
  }

  @Test
  void aKindWithoutToolFailsAndWhatBecameOfItIsUnknown() {
    var bench = storage.seeded();
    var toolbox = new Toolbox(List.of(bench.calendar));
    var effect = bench.effect("k1", new Action.Quote("team", 1));
    assertEquals(new Failed("no-such-tool"), toolbox.call(effect));
    assertEquals(new Unknown("no-such-tool"), toolbox.lookUp(effect));
    assertThrows(IllegalArgumentException.class, () -> toolbox.schema("quote"));
    assertThrows(IllegalArgumentException.class, () -> bench.calendar.schema("quote"));
    assertThrows(IllegalArgumentException.class, () -> bench.calendar.call(effect));
  }

  @Test
  void twoToolsForOneKindAreRefused() {
    var bench = storage.seeded();
    var twice = List.<Tool>of(bench.calendar, storage.seeded().calendar);
    assertThrows(IllegalArgumentException.class, () -> new Toolbox(twice));
  }

  @Test
  void textThatTheDatabaseCannotHoldIsRefusedAndChangesNothing() {
    var bench = storage.seeded();
    bench.humans.available(bench.tenant, "kim", true, Bench.MONDAY);
    var effect = bench.effect("k1", new Action.TransferToHuman("nul\0"));
    assertEquals(new Failed("bad-arguments"), bench.humans.call(effect));
    assertEquals(new Failed("bad-arguments"), bench.humans.lookUp(effect));
    assertEquals(0, bench.queueRows().size());
  }

  @Test
  void textThatSpellsOutWhatItCannotHoldIsHeld() {
    var bench = storage.seeded();
    bench.humans.available(bench.tenant, "kim", true, Bench.MONDAY);
    for (var text : List.of("\\u0000", "\\\\u0000", "\u0001", "0")) {
      var effect = bench.effect("k-" + text, new Action.TransferToHuman(text));
      assertInstanceOf(Confirmed.class, bench.humans.call(effect), text);
    }
    var nul = bench.effect("k1", new Action.TransferToHuman("\\\0"));
    assertEquals(new Failed("bad-arguments"), bench.humans.call(nul));
  }

  @Test
  void whatAFailedWorkChangedIsUndone() {
    var bench = storage.seeded();
    var effect = bench.effect("k1", new Action.Quote("team", 1));
    var failed = new Failed("thought-better-of-it");
    assertEquals(failed, bench.ledger().call(effect, writing(effect, () -> failed)));
    assertEquals(List.of(), bench.contactIds());
    assertEquals(failed, bench.ledger().lookUp(effect));
  }

  @Test
  void aWorkThatBreaksOrDoesNotKnowLeavesNothingAndCanBeDoneAgain() {
    var bench = storage.seeded();
    var effect = bench.effect("k1", new Action.Quote("team", 1));
    var unknowing = writing(effect, () -> new Unknown("lost"));
    assertThrows(IllegalStateException.class, () -> bench.ledger().call(effect, unknowing));
    var broken = writing(effect, () -> List.<Outcome>of().getFirst());
    assertThrows(NoSuchElementException.class, () -> bench.ledger().call(effect, broken));
    assertEquals(List.of(), bench.contactIds());
    assertEquals(0, bench.effects());
    var done = Outcome.confirmed();
    assertEquals(done, bench.ledger().call(effect, writing(effect, () -> done)));
    assertEquals(List.of("c1"), bench.contactIds());
  }

  private static Ledger.Work<Contacts> writing(Effect effect, Supplier<Outcome> answer) {
    return contacts -> {
      contacts.ensure(effect, "c1");
      return answer.get();
    };
  }

  private static String booked(Bench bench) {
    var book = new Action.Book(SLOT, Bench.MONDAY.plusSeconds(3600), ZONE);
    return Bench.text(bench.confirmed(bench.calendar, "before", book), "booking");
  }

  private static String quoted(Bench bench) {
    var facts = bench.confirmed(bench.prices, "before", new Action.Quote("team", 12));
    return Bench.text(facts, "quote");
  }
}
