package baton.simulation.world;

import baton.agents.AgentMemory;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.agent.AgentEvent;
import baton.handoff.port.Claims;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chained;
import baton.persistence.codec.Link;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStandings;
import baton.persistence.memory.MemoryStore;
import baton.simulation.history.Occurrence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// All that outlives a process: journals, claims, controls, policies. Each call is one transaction.
public final class Disk {
  /// Whether entries are kept as they come, or go through the bytes that a database would hold.
  public enum Form {
    BYTES,
    OBJECTS
  }

  /// One conversation's journal, and the state that it folds to.
  static final class Journal {
    private final List<Entry> entries = new ArrayList<>();
    private State state;
    private String head = Chained.FIRST;

    private Journal(ConversationId id) {
      state = Conversation.blank(id);
    }

    State state() {
      return state;
    }

    List<Entry> entries() {
      return Collections.unmodifiableList(entries);
    }

    Map<Long, Event.Settled> outcomes() {
      var outcomes = new HashMap<Long, Event.Settled>();
      for (var entry : entries) {
        for (var event : entry.events()) {
          if (event instanceof Event.Settled settled) outcomes.put(settled.claim(), settled);
        }
      }
      return outcomes;
    }
  }

  private record AgentName(ConversationId conversation, Role role) {}

  private final Form form;
  private final Consumer<Occurrence> watch;
  private final MemoryStore store;
  private final MemoryClaims claims;
  private final MemoryControls controls;
  private final MemoryPolicies policies;
  private final SortedMap<String, Journal> journals = new TreeMap<>();
  private final Map<AgentName, AgentMemory> memories = new HashMap<>();
  private long claimed;

  /// @param clock the database's
  /// @param watch is told of everything that becomes durable
  Disk(InstantSource clock, Form form, Fences fences, Consumer<Occurrence> watch) {
    this.form = form;
    this.watch = watch;
    store = new MemoryStore(clock);
    claims = fences.claims(store);
    controls = new MemoryControls(store);
    policies = new MemoryPolicies(store);
  }

  public MemoryClaims claims() {
    return claims;
  }

  public MemoryControls controls() {
    return controls;
  }

  public MemoryPolicies policies() {
    return policies;
  }

  MemoryStandings standings() {
    return new MemoryStandings(store);
  }

  Journal journal(ConversationId id) {
    return journals.computeIfAbsent(id.key(), _ -> new Journal(id));
  }

  Collection<Journal> journals() {
    return Collections.unmodifiableCollection(journals.values());
  }

  /// Writes one row. The primary key is what keeps two writers apart.
  ///
  /// @return false where there is an entry of that number already
  boolean append(ConversationId id, Entry entry) {
    var journal = journal(id);
    if (entry.first() != journal.state.seq() + 1) return false;
    var stored = entry;
    if (form == Form.BYTES) {
      var link = Link.read(Link.of(journal.head, entry).bytes());
      journal.head = link.hash();
      stored = link.entry();
    }
    var policy = policies.byHash(id.tenant(), stored.now().policy()).orElseThrow().policy();
    var journaled = Occurrence.Journaled.of(journal.state, stored, policy);
    journal.state = journaled.after();
    journal.entries.add(stored);
    watch.accept(journaled);
    return true;
  }

  AgentMemory memory(ConversationId id, Role role) {
    return memories.getOrDefault(new AgentName(id, role), AgentMemory.blank(Chained.FIRST));
  }

  /// Writes one row of an agent's journal.
  ///
  /// @param from what it was before
  /// @return false where another has written meanwhile
  boolean remember(ConversationId id, Role role, AgentMemory from, AgentEvent event) {
    var name = new AgentName(id, role);
    if (!memory(id, role).equals(from)) return false;
    var memory =
        switch (form) {
          case OBJECTS -> from.after(event, from.head());
          case BYTES -> {
            var row = AgentLink.read(AgentLink.of(from.head(), event).bytes());
            yield from.after(row.event(), row.hash());
          }
        };
    memories.put(name, memory);
    return true;
  }

  void advance(Claims.Authority row) {
    claims.advance(List.of(row));
    watch.accept(new Occurrence.Advanced(row));
  }

  Claims.Answer claim(Claims.Request request) {
    var answer = claims.claim(List.of(request)).getFirst();
    if (answer instanceof Claims.Answer.Granted) {
      var claim = claims.find(request.conversation().tenant(), request.permit().id()).orElseThrow();
      claimed = claim.n();
      watch.accept(
          new Occurrence.Claimed(claim, request.permit().policy(), request.permit().authority()));
    }
    return answer;
  }

  /// The highest number of a claim.
  long claimed() {
    return claimed;
  }

  void settle(Claims.Settlement settlement) {
    claims.settle(List.of(settlement));
    watch.accept(new Occurrence.Settled(settlement.claim(), settlement.outcome()));
  }
}
