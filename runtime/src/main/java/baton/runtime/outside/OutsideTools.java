package baton.runtime.outside;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Policies;
import baton.handoff.port.Tool;
import baton.handoff.port.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Carries out what policies declare, by the declaration of the policy under which the permit was
/// given; everything else is the engine's own tools'.
public final class OutsideTools implements Tool {
  /// What texts that tools tell are sealed for.
  private static final String PURPOSE = "transcript";

  private final Tool own;
  private final Policies policies;
  private final Servers servers;
  private final Vault vault;
  private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

  /// @param own the engine's own tools
  public OutsideTools(Tool own, Policies policies, Servers servers, Vault vault) {
    this.own = own;
    this.policies = policies;
    this.servers = servers;
    this.vault = vault;
  }

  @Override
  public Set<String> kinds() {
    return own.kinds();
  }

  @Override
  public String schema(String kind) {
    return own.schema(kind);
  }

  @Override
  public boolean undoable(String kind) {
    return own.undoable(kind);
  }

  @Override
  public Outcome call(Effect effect) {
    return declared(effect).map(tool -> called(tool, effect)).orElseGet(() -> own.call(effect));
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return declared(effect).map(tool -> lookedUp(tool, effect)).orElseGet(() -> own.lookUp(effect));
  }

  private Optional<OutsideTool> declared(Effect effect) {
    if (!(effect.action() instanceof Action.UseTool(var name, _))) return Optional.empty();
    return policies
        .byHash(effect.conversation().tenant(), effect.permit().policy())
        .map(PolicyDocument::tools)
        .map(tools -> tools.get(name));
  }

  private Outcome called(OutsideTool tool, Effect effect) {
    var outcome = new CompletableFuture<Outcome>();
    underWay.put(effect.key(), outcome);
    try {
      outcome.complete(asked(tool, effect, Server::call, Failed::new));
    } finally {
      underWay.remove(effect.key(), outcome);
      outcome.complete(new Unknown("broken"));
    }
    return outcome.join();
  }

  /// What is under way here is waited for. That it cannot be asked does not say that it was not
  /// done.
  private Outcome lookedUp(OutsideTool tool, Effect effect) {
    var call = underWay.get(effect.key());
    if (call != null) return call.join();
    return asked(tool, effect, Server::lookUp, Unknown::new);
  }

  /// @param cannot what it means that nothing was sent, for a reason
  private Outcome asked(
      OutsideTool tool,
      Effect effect,
      BiFunction<Server, Server.Asked, Outcome> ask,
      Function<String, Outcome> cannot) {
    var server = servers.named(tool.server());
    if (server.isEmpty()) return cannot.apply("no-such-server");
    var tenant = effect.conversation().tenant();
    Map<String, Value> given =
        effect.action() instanceof Action.UseTool(_, var all) ? all : Map.of();
    try {
      var arguments = Opened.of(tool, given, sealed -> vault.open(tenant, sealed));
      var answers = new Answers(tool, text -> vault.seal(tenant, effect.subject(), PURPOSE, text));
      return ask.apply(server.get(), new Server.Asked(tool, effect, arguments, answers));
    } catch (Opened.Wrong wrong) {
      return cannot.apply(wrong.code());
    }
  }
}
