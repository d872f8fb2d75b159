package baton.persistence.memory;

import baton.handoff.Circumstances.Standing;
import baton.handoff.ConversationId;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Controls;
import baton.handoff.port.Controls.Scope;
import baton.handoff.port.Policies.Active;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// What a claim is checked against, shared by the ports in memory. Its monitor takes the place of
/// the database's locks.
public final class MemoryStore {
  /// A name within a tenant.
  record Key(String tenant, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTenant = tenant.compareTo(other.tenant);
      return byTenant != 0 ? byTenant : name.compareTo(other.name);
    }
  }

  /// A scope, and the tenant it lies in; that is empty for the engine.
  record Place(String tenant, Scope scope) implements Comparable<Place> {
    private static final Comparator<Place> WIDEST_FIRST =
        Comparator.comparing((Place place) -> place.scope().level())
            .thenComparing(Place::tenant)
            .thenComparing(place -> place.scope().name());

    static Place of(String tenant, Scope scope) {
      return switch (scope.level()) {
        case ENGINE -> new Place("", scope);
        case TENANT -> new Place(scope.name(), scope);
        case CAMPAIGN, ROLE, CONVERSATION -> new Place(tenant, scope);
      };
    }

    boolean covers(ConversationId id, String campaign, String role) {
      return switch (scope.level()) {
        case ENGINE -> true;
        case TENANT -> tenant.equals(id.tenant());
        case CAMPAIGN -> tenant.equals(id.tenant()) && scope.name().equals(campaign);
        case ROLE -> tenant.equals(id.tenant()) && scope.name().equals(role);
        case CONVERSATION -> tenant.equals(id.tenant()) && scope.name().equals(id.id());
      };
    }

    @Override
    public int compareTo(Place other) {
      return WIDEST_FIRST.compare(this, other);
    }
  }

  private final InstantSource clock;
  private long number;
  private long activation;

  /// By permit. Whoever changes it changes the three below.
  private final Map<Key, Claim> claims = new HashMap<>();

  private final SortedMap<Long, Claim> numbered = new TreeMap<>();
  private final Map<Key, SortedMap<Long, Claim>> ofKeys = new HashMap<>();
  private final Map<ConversationId, SortedMap<Long, Claim>> ofConversations = new HashMap<>();

  /// Permits that were given up.
  final Set<Key> concluded = new HashSet<>();

  final SortedMap<Key, Long> authorities = new TreeMap<>();
  final SortedMap<Key, Standing> standings = new TreeMap<>();

  /// Whoever changes it changes the two below.
  final SortedMap<Place, Controls.Row> controls = new TreeMap<>();

  private final SortedSet<Place> paused = new TreeSet<>();
  private long controlVersion;

  final SortedMap<Key, PolicyDocument> documents = new TreeMap<>();
  final SortedMap<Key, Active> active = new TreeMap<>();
  final List<Runnable> controlListeners = new CopyOnWriteArrayList<>();

  public MemoryStore(InstantSource clock) {
    this.clock = clock;
  }

  void put(Claim claim) {
    var tenant = claim.conversation().tenant();
    claims.put(new Key(tenant, claim.permit()), claim);
    numbered.put(claim.n(), claim);
    ofKeys
        .computeIfAbsent(new Key(tenant, claim.key()), _ -> new TreeMap<>())
        .put(claim.n(), claim);
    ofConversations
        .computeIfAbsent(claim.conversation(), _ -> new TreeMap<>())
        .put(claim.n(), claim);
  }

  Optional<Claim> claim(String tenant, String permit) {
    return Optional.ofNullable(claims.get(new Key(tenant, permit)));
  }

  Optional<Claim> claim(String tenant, long n) {
    return Optional.ofNullable(numbered.get(n))
        .filter(claim -> claim.conversation().tenant().equals(tenant));
  }

  /// Claims of one proposal, lowest number first.
  Stream<Claim> claimsOf(String tenant, String key) {
    var claims = ofKeys.get(new Key(tenant, key));
    return claims == null ? Stream.empty() : claims.values().stream();
  }

  /// Claims of one conversation, lowest number first.
  Stream<Claim> claimsOf(ConversationId conversation) {
    var claims = ofConversations.get(conversation);
    return claims == null ? Stream.empty() : claims.values().stream();
  }

  /// Claims after a number, lowest first.
  Stream<Claim> claimsAfter(long n) {
    return numbered.tailMap(n + 1).values().stream();
  }

  Instant now() {
    return clock.instant();
  }

  long next() {
    return ++number;
  }

  long nextActivation() {
    return ++activation;
  }

  static Key key(ConversationId id) {
    return new Key(id.tenant(), id.id());
  }

  void put(Place place, Controls.Row row) {
    controls.put(place, row);
    controlVersion = row.version();
    switch (row.mode()) {
      case PAUSED -> paused.add(place);
      case RUNNING -> paused.remove(place);
    }
  }

  /// The widest scope that is paused and covers a conversation.
  Optional<Place> pausedOver(ConversationId id, String campaign, String role) {
    for (var place : paused) {
      if (place.covers(id, campaign, role)) return Optional.of(place);
    }
    return Optional.empty();
  }

  /// Of the last change of a control.
  long controlVersion() {
    return controlVersion;
  }
}
