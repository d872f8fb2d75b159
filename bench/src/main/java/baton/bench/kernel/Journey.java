package baton.bench.kernel;

import baton.handoff.Approval;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Proposal;
import baton.handoff.State;
import baton.handoff.gate.Inquiry;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.simulation.Played;
import baton.simulation.scenario.Batch;
import baton.simulation.scenario.ScenarioReader;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One conversation from hello to order under the sample policy, played once: what the benchmarks
/// of the kernel work on.
final class Journey {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ConversationId ID = new ConversationId(ConversationId.DEFAULT_TENANT, "c-1");
  private static final long SEED = 1;

  private final PolicyDocument policy;
  private final List<Entry> entries;

  private Journey(PolicyDocument policy, List<Entry> entries) {
    this.policy = policy;
    this.entries = entries;
  }

  /// Under the sample without its own conditions.
  static Journey plain() {
    return under(policy(List.of()));
  }

  /// @param conditions in CEL, spread evenly over the actions that are proposed; none of them holds
  static Journey with(int conditions) {
    var kinds = plain().kinds();
    return under(
        policy(IntStream.range(0, conditions).mapToObj(i -> kinds.get(i % kinds.size())).toList()));
  }

  private static Journey under(PolicyDocument policy) {
    var problems = new Problems();
    var scenario =
        ScenarioFile.read("journey.yaml", text("/bench/journey.yaml"), Includes.none(), problems)
            .flatMap(new ScenarioReader(policy, problems)::read)
            .orElseThrow(() -> new IllegalStateException(problems.sorted("").toString()));
    var played = new ArrayList<Played>();
    new Batch(policy, List.of(scenario), SEED).play(1, played::add);
    if (!played.getFirst().unmet().isEmpty()) {
      throw new IllegalStateException(played.getFirst().unmet().toString());
    }
    return new Journey(policy, played.getFirst().entries());
  }

  /// Of the actions that are proposed, each once.
  List<String> kinds() {
    return inquiries().stream().map(Inquiry::kind).distinct().toList();
  }

  List<Entry> entries() {
    return entries;
  }

  static State fold(List<Entry> entries) {
    var state = Conversation.blank(ID);
    for (var entry : entries) state = Conversation.evolve(state, entry);
    return state;
  }

  /// All that the gate was asked in this conversation.
  List<Inquiry> inquiries() {
    var inquiries = new ArrayList<Inquiry>();
    State state = Conversation.blank(ID);
    for (var entry : entries) {
      for (var event : entry.events()) {
        if (event instanceof Event.Decided decided && state instanceof State.Live live) {
          proposal(live, decided.proposal())
              .map(proposal ->
                  new Inquiry(
                      policy.policy(), live, proposal, entry.now(), Optional.<Approval>empty()))
              .ifPresent(inquiries::add);
        }
        state = Conversation.evolve(state, event, entry.now().at());
      }
    }
    return inquiries;
  }

  private static Optional<Proposal> proposal(State.Live live, long seq) {
    return live.work().queue().stream().filter(each -> each.seq() == seq).findFirst();
  }

  /// @param actions with a condition each
  private static PolicyDocument policy(List<String> actions) {
    try {
      var policy =
          (ObjectNode) JSON.readTree(PolicyCompiler.sample("inbound-trial").orThrow().json());
      policy.remove("scenarios");
      var custom = policy.putArray("custom");
      for (int i = 0; i < actions.size(); i++) {
        var clause = custom.addObject();
        clause.put("id", "custom.bench-" + i).put("owner", "Whoever measures");
        clause.put("reason", "It is measured.");
        clause.putArray("actions").add(actions.get(i));
        clause.put("when", "has(facts.seats) && facts.seats > " + (1_000_000 + i));
        clause.put("then", "deny");
      }
      return PolicyCompiler.fromJson(policy.toString()).orThrow();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // it is canonical JSON
    }
  }

  private static String text(String resource) {
    try (var in = Journey.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
