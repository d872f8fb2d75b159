package baton.simulation.world;

import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls;
import baton.handoff.port.Policies;
import baton.handoff.port.Standings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What a node knows of the database: sometimes what it read the last time.
final class Lagging implements Controls, Policies, Standings {
  private final Disk disk;
  private final Faults faults;
  private final Map<Object, Object> known = new HashMap<>();

  Lagging(Disk disk, Faults faults) {
    this.disk = disk;
    this.faults = faults;
  }

  @SuppressWarnings("unchecked") // a key is only ever put with what its own reader gave
  private <T> T read(Supplier<Object> key, Supplier<T> reader) {
    if (faults == Faults.NONE) return reader.get();
    var name = key.get();
    if (faults.behind() && known.containsKey(name)) return (T) known.get(name);
    var fresh = reader.get();
    known.put(name, fresh);
    return fresh;
  }

  private record Covered(ConversationId conversation, Role role) {}

  private record Subject(String tenant, String subject) {}

  private record Campaign(String tenant, String campaign) {}

  @Override
  public Control effective(ConversationId conversation, String campaign, Role role) {
    return read(
        () -> new Covered(conversation, role),
        () -> disk.controls().effective(conversation, campaign, role));
  }

  @Override
  public Standing of(String tenant, String subject) {
    return read(() -> new Subject(tenant, subject), () -> disk.standings().of(tenant, subject));
  }

  @Override
  public Optional<PolicyDocument> active(String tenant, String campaign) {
    return read(
        () -> new Campaign(tenant, campaign), () -> disk.policies().active(tenant, campaign));
  }

  @Override
  public Change set(
      String tenant, Scope scope, Mode mode, String reason, String operator, OptionalLong seen) {
    return disk.controls().set(tenant, scope, mode, reason, operator, seen);
  }

  @Override
  public List<Row> all(String tenant) {
    return disk.controls().all(tenant);
  }

  @Override
  public Optional<PolicyDocument> byHash(String tenant, String hash) {
    return disk.policies().byHash(tenant, hash);
  }

  @Override
  public List<Active> active(String tenant) {
    return disk.policies().active(tenant);
  }

  @Override
  public Active activate(
      String tenant, PolicyDocument document, String operator, OptionalLong seen) {
    return disk.policies().activate(tenant, document, operator, seen);
  }
}
