package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Claims.Settlement;
import baton.handoff.port.Controls.Change;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Row;
import baton.handoff.port.Controls.Scope;
import baton.handoff.port.Overtaken;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every implementation of [baton.handoff.port.Controls] owes.
abstract class ControlsContract {
  private static final Scope ENGINE = new Scope(Scope.Level.ENGINE, "");

  private final Ports ports;
  private final Setting s;

  ControlsContract(Ports ports) {
    this.ports = ports;
    this.s = Setting.in(ports);
    s.at("a", 1).at("b", 1);
  }

  @AfterEach
  void resumeEngine() {
    set(ENGINE, Mode.RUNNING);
  }

  private Change set(Scope scope, Mode mode) {
    return ports.controls().set(s.tenant(), scope, mode, "because", "olga");
  }

  private List<String> inFlight(String scope) {
    return set(Scope.parse(scope).orElseThrow(), Mode.PAUSED).inFlight().stream()
        .filter(claim -> claim.conversation().tenant().equals(s.tenant()))
        .map(Claim::permit)
        .toList();
  }

  private String effective(String conversation) {
    var control = ports.controls().effective(s.id(conversation), "c", Role.BOOKING);
    assertEquals(control.running(), control.scope().isEmpty());
    return control.scope();
  }

  @Test
  void givenClaimsWithoutOutcomeWhenAScopeIsPausedThenThoseWithinItAreInTheAnswer() {
    var other = Setting.in(ports);
    other.at("a", 1);
    ports.claims().claim(List.of(other.draft("a", 1, 1).request()));
    ports
        .claims()
        .claim(
            List.of(
                s.draft("a", 2, 1).request(),
                s.draft("a", 3, 1).request(),
                s.draft("a", 4, 1).request(),
                s.draft("b", 5, 1).role(Role.CLOSING).request()));
    var a2 = s.id("a").numbered(2);
    var a3 = s.id("a").numbered(3);
    var b5 = s.id("b").numbered(5);
    ports
        .claims()
        .settle(
            List.of(
                new Settlement(s.tenant(), number(a3), new Outcome.Unknown("timeout")),
                new Settlement(s.tenant(), number(s.id("a").numbered(4)), Outcome.confirmed())));
    assertEquals(List.of(a2, a3), inFlight("conversation:a"));
    assertEquals(List.of(b5), inFlight("role:closing"));
    assertEquals(List.of(a2, a3, b5), inFlight("campaign:c"));
    assertEquals(List.of(), inFlight("campaign:d"));
    assertEquals(List.of(a2, a3, b5), inFlight("tenant:" + s.tenant()));
    assertEquals(List.of(a2, a3, b5), inFlight("engine"));
    assertEquals(List.of(), set(ENGINE, Mode.RUNNING).inFlight());
  }

  @Test
  void givenSeveralPausedScopesThenTheWidestIsNamed() {
    assertEquals("", effective("a"));
    set(new Scope(Scope.Level.CONVERSATION, "a"), Mode.PAUSED);
    assertEquals("conversation:a", effective("a"));
    assertEquals("", effective("b"));
    set(new Scope(Scope.Level.CAMPAIGN, "c"), Mode.PAUSED);
    assertEquals("campaign:c", effective("a"));
    assertEquals("campaign:c", effective("b"));
    set(ENGINE, Mode.PAUSED);
    assertEquals("engine", effective("a"));
    set(ENGINE, Mode.RUNNING);
    set(new Scope(Scope.Level.CAMPAIGN, "c"), Mode.RUNNING);
    assertEquals("conversation:a", effective("a"));
  }

  @Test
  void givenThatAScopeWasSetSinceItWasLookedAtThenItStaysAsItIs() {
    var scope = new Scope(Scope.Level.CONVERSATION, "b");
    long first = set(scope, Mode.PAUSED, 0).row().version();
    long second = set(scope, Mode.RUNNING, first).row().version();
    long third = set(scope, Mode.PAUSED, second).row().version();
    for (long other : new long[] {0, first, second}) {
      assertThrows(Overtaken.class, () -> set(scope, Mode.RUNNING, other));
    }
    assertEquals("conversation:b", effective("b"));
    set(scope, Mode.RUNNING, third);
    assertEquals("", effective("b"));
  }

  private Change set(Scope scope, Mode mode, long seen) {
    return ports.controls().set(s.tenant(), scope, mode, "because", "olga", OptionalLong.of(seen));
  }

  @Test
  void givenAnotherTenantsScopesThenTheyAreNeitherSeenNorEffective() {
    var other = Setting.in(ports);
    ports
        .controls()
        .set(other.tenant(), new Scope(Scope.Level.ROLE, "booking"), Mode.PAUSED, "r", "otto");
    ports
        .controls()
        .set(
            other.tenant(),
            new Scope(Scope.Level.TENANT, other.tenant()),
            Mode.PAUSED,
            "r",
            "otto");
    assertEquals("", effective("a"));
    set(new Scope(Scope.Level.ROLE, "booking"), Mode.PAUSED);
    set(ENGINE, Mode.PAUSED);
    set(new Scope(Scope.Level.TENANT, s.tenant()), Mode.RUNNING);
    assertEquals(
        List.of("engine", "tenant:" + s.tenant(), "role:booking"),
        ports.controls().all(s.tenant()).stream().map(row -> row.scope().toString()).toList());
  }

  @Test
  void givenChangesThenEachHasAHigherVersionAndIsKeptWithItsReason() {
    var scope = new Scope(Scope.Level.CAMPAIGN, "c");
    var first = set(scope, Mode.PAUSED).row();
    var second = set(new Scope(Scope.Level.CAMPAIGN, "d"), Mode.PAUSED).row();
    var third = set(scope, Mode.RUNNING).row();
    assertTrue(first.version() < second.version() && second.version() < third.version());
    assertEquals(
        new Row(scope, Mode.RUNNING, "because", "olga", third.at(), third.version()), third);
    assertTrue(ports.controls().all(s.tenant()).contains(third));
    assertFalse(ports.controls().all(s.tenant()).contains(first));
    assertEquals(
        third.version(), ports.controls().effective(s.id("a"), "c", Role.BOOKING).version());
  }

  @Test
  void givenAListenerWhenAScopeIsResumedThenItIsToldAfterItTookEffect() {
    var scope = new Scope(Scope.Level.CAMPAIGN, "c");
    set(scope, Mode.PAUSED);
    var calls = new AtomicInteger();
    ports
        .onChange()
        .accept(() -> {
          if (effective("a").isEmpty()) calls.incrementAndGet();
        });
    set(scope, Mode.RUNNING);
    assertEquals(1, calls.get());
  }

  private long number(String permit) {
    return ports.claims().find(s.tenant(), permit).orElseThrow().n();
  }
}
