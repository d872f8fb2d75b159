package baton.persistence.db;

import baton.handoff.port.Claims;
import baton.handoff.port.Controls;
import baton.handoff.port.Conversations;
import baton.handoff.port.Policies;
import baton.handoff.port.Standings;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryConversations;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStandings;
import baton.persistence.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// The ports of one node, whatever they keep their rows in.
///
/// @param onChange registers a listener for changes of controls
/// @param refresh brings the node's copies up to date
record Ports(
    Claims claims,
    Controls controls,
    Standings standings,
    Policies policies,
    Conversations conversations,
    Consumer<Runnable> onChange,
    Runnable refresh) {

  static Ports inMemory() {
    var store = new MemoryStore(InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z")));
    var controls = new MemoryControls(store);
    return new Ports(
        new MemoryClaims(store),
        controls,
        new MemoryStandings(store),
        new MemoryPolicies(store),
        new MemoryConversations(),
        controls::onChange,
        () -> {});
  }

  /// Its mirror looks once an hour: what a test sees, it has asked for.
  static Ports inPostgres(Database database) {
    return inPostgres(database, new Mirror(database.source(), Duration.ofHours(1)));
  }

  static Ports inPostgres(Database database, Mirror mirror) {
    var controls = new PgControls(database.source(), mirror, Outcomes::read);
    var standings = new PgStandings(mirror);
    return new Ports(
        new PgClaims(database.claims(), Outcomes::write, Outcomes::read),
        controls,
        standings,
        new PgPolicies(database.source(), mirror, Documents::compile),
        new PgConversations(database.source()),
        controls::onChange,
        standings::refresh);
  }
}
