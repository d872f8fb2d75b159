package baton.simulation;

import baton.agents.Agent;
import baton.agents.model.Chat;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.runtime.PolicyCasting;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// An engine for tests: the real kernel, gate, agents, interpreter, dispatcher and codec, with
/// claims and tools in memory and a clock that only the test moves. No thread, no database, no
/// wait.
///
/// ```java
/// var simulation = Simulation.of(Path.of("policies/inbound-trial.yaml"));
/// var buyer = simulation.buyer("America/Denver");
/// buyer.says("yes, that is fine");
/// buyer.then().holder("booking").consent("contact", "granted").nothingElseHappened();
/// ```
///
/// It starts on a Friday, 20 November 2026, at 18:00 UTC. Not thread-safe.
public final class Simulation {
  private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");
  private static final long SEED = 1;

  private final PolicyDocument policy;
  private final Map<Role, Agent> agents = new HashMap<>();
  private final Map<String, Chat> models = new HashMap<>();
  private final TreeSet<String> available = new TreeSet<>();
  private final World world;
  private int conversations;

  private Simulation(PolicyDocument policy) {
    this.policy = policy;
    this.world =
        new World(
            START,
            SEED,
            tools -> {
              var cast =
                  new PolicyCasting(
                      Prepared.playbooks(),
                      name -> models.getOrDefault(name, Chat.none()),
                      Prepared.AGENTS,
                      tools,
                      InstantSource.fixed(START));
              return (document, role) ->
                  Optional.ofNullable(agents.get(role)).or(() -> cast.agent(document, role));
            });
    world.policies().activate(World.TENANT, policy, "test");
  }

  /// @param policy a file in YAML, its includes beside it
  /// @throws IllegalArgumentException with every problem by line and column, where it is not valid
  public static Simulation of(Path policy) {
    return new Simulation(Prepared.policy(policy));
  }

  /// Under a policy that is compiled already.
  public static Simulation under(PolicyDocument policy) {
    return new Simulation(policy);
  }

  /// One of the samples that Baton brings: `inbound-trial` or `outbound-appointments`.
  public static Simulation sample(String campaign) {
    return new Simulation(Prepared.sample(campaign));
  }

  /// Puts an agent into a role, in place of the one that the policy names. It can propose, and no
  /// more than that.
  public Simulation casting(String role, Agent agent) {
    agents.put(new Role(role), agent);
    return this;
  }

  /// A language model, real or scripted, by the name that the policy gives it. Name it before the
  /// first conversation; one that is not named does not answer.
  public Simulation model(String name, ChatModel model) {
    models.put(name, Chat.of(model));
    return this;
  }

  /// From now on another policy is active for the campaign. What was permitted under the one before
  /// is worth nothing.
  ///
  /// @throws IllegalArgumentException with every problem, where it is not valid; nothing changes
  public Simulation activates(Path other) {
    world.policies().activate(World.TENANT, Prepared.policy(other), "test");
    world.wakeAll();
    return this;
  }

  /// An operator who may be offered live transfers, for as long as an operator's word holds.
  public Simulation operator(String name) {
    available.add(name);
    world.tools().humans().available(World.TENANT, name, true, world.now());
    world.wakeAll();
    return this;
  }

  /// They have all gone.
  public Simulation nobodyThere() {
    for (var name : available) {
      world.tools().humans().available(World.TENANT, name, false, world.now());
    }
    available.clear();
    world.wakeAll();
    return this;
  }

  /// @param scope `engine`, `tenant:NAME`, `campaign:NAME`, `role:NAME` or `conversation:ID`
  public Simulation pauses(String scope) {
    return control(scope, Mode.PAUSED);
  }

  public Simulation resumes(String scope) {
    return control(scope, Mode.RUNNING);
  }

  private Simulation control(String scope, Mode mode) {
    var parsed =
        Scope.parse(scope)
            .orElseThrow(() -> new IllegalArgumentException("no scope is called " + scope));
    world.controls().set(World.TENANT, parsed, mode, "test", "test");
    world.wakeAll();
    return this;
  }

  /// The engine's process ends without a word, and starts again on what it had made durable.
  public Simulation crashes() {
    world.crash();
    return this;
  }

  /// The next call of a tool takes longer than anybody waits for it.
  ///
  /// @param kind of the action, such as `book`
  public Simulation slow(String kind) {
    world.mishaps().slow(kind);
    return this;
  }

  /// The next call of a tool is carried out, and its answer is lost.
  public Simulation losesAnswer(String kind) {
    world.mishaps().mute(kind);
    return this;
  }

  /// The next call of a tool is answered twice.
  public Simulation answersTwice(String kind) {
    world.mishaps().twice(kind);
    return this;
  }

  /// With the next call a tool says that it could not be done.
  ///
  /// @param reason a short code, such as `slot-taken`
  public Simulation fails(String kind, String reason) {
    world.mishaps().refused(kind, reason);
    return this;
  }

  /// How often the outside world has seen an action of this kind take place.
  public long effects(String kind) {
    return world.effects(kind);
  }

  /// Time passes, and whatever falls due happens at its moment.
  public Simulation wait(Duration duration) {
    world.pass(duration);
    return this;
  }

  /// The clock, which stands still until [#wait(Duration)], or until somebody speaks.
  public Instant now() {
    return world.now();
  }

  /// Somebody comes to the chat.
  ///
  /// @param zone as the browser tells it, such as `America/Denver`; empty where it does not
  public Buyer buyer(String zone) {
    return buyer("buyer-" + (conversations + 1), zone);
  }

  /// The same person in another conversation is the same `name`.
  public Buyer buyer(String name, String zone) {
    return buyer(name, zone, "");
  }

  /// @param region such as `US-CO`; empty where nobody knows it
  public Buyer buyer(String name, String zone, String region) {
    var id = new ConversationId(World.TENANT, "c-" + ++conversations);
    var subject = world.vault().subject(World.TENANT, name);
    var command =
        new Command.Open(
            policy.policy().campaign(),
            "chat",
            new Command.Buyer(
                subject,
                id.id(),
                world.vault().seal(World.TENANT, subject, "identity", name),
                Optional.empty(),
                Optional.empty(),
                zone,
                region,
                ""));
    return Buyer.opened(world, policy.policy().campaign(), id, command);
  }
}
