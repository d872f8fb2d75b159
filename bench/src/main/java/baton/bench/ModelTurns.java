package baton.bench;

import baton.bench.load.Buyer;
import baton.bench.load.Ground;
import baton.bench.load.InsideDoor;
import baton.bench.load.Load;
import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.load.SlowModel;
import baton.bench.load.Times;
import baton.bench.load.Workloads;
import baton.bench.report.Figure;
import baton.bench.report.Result;
import baton.bench.report.Wording;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Many conversations at once with a language model that takes half a second, over real HTTP. The
/// yardstick is the model: as many answers as it could give.
final class ModelTurns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAMPAIGN = "workload-models";
  private static final Duration TAKES = Duration.ofMillis(500);
  private static final int CONVERSATIONS = 300;
  private static final int MESSAGES = 15;

  private ModelTurns() {}

  static void run(Plan plan, Consumer<Result> results) throws Exception {
    for (int conversations : plan.conversations(CONVERSATIONS)) {
      results.accept(result(plan, conversations));
    }
  }

  private static Result result(Plan plan, int conversations) throws Exception {
    try (var model = new SlowModel(TAKES);
        var ground = Ground.open(plan);
        var node = ground.engine(settings(model, conversations))) {
      var ports = node.ports();
      ports.policies().activate(ConversationId.DEFAULT_TENANT, policy(), Role.ENGINE.name());
      var times = new Times();
      var load =
          Load.start(
              InsideDoor.reading(ports, CAMPAIGN),
              conversations,
              new Buyer.Manner(MESSAGES, Duration.ZERO, true),
              times);
      plan.pass(plan.warmUp(), "models: warming up");
      var watch = Machine.watch(ground.postmaster());
      int asked = model.asked();
      long began = System.nanoTime();
      times.begin();
      plan.pass(plan.measure(), "models: measuring");
      times.end();
      double seconds = (System.nanoTime() - began) / 1e9;
      double answers = (model.asked() - asked) / seconds;
      var machine = watch.get();
      load.stop();
      double most = conversations * 1000.0 / TAKES.toMillis();
      return new Result(
          "models",
          "%d conversations with a model that takes %d ms"
              .formatted(conversations, TAKES.toMillis()),
          List.of(
              Figure.of("the model's answers", answers, "answers/s").over(most),
              Figure.of("turns", times.steps() / seconds, "turns/s"),
              Figure.of("turn p50", times.below(500), "ms"),
              Figure.of("turn p99", times.below(990), "ms")),
          Optional.of(
              "%s answers/s, all that the model could give".formatted(Wording.number(most))),
          Optional.empty(),
          machine,
          List.of(),
          times.failures().stream().limit(5).toList());
    }
  }

  private static String settings(SlowModel model, int conversations) {
    return """
    models.slow {
      provider = openai, base-url = "%s", model = slow, concurrent = %d, timeout = 10s
    }
    """
        .formatted(model.url(), conversations);
  }

  /// Workload W's policy with a model in the role that starts.
  private static PolicyDocument policy() {
    try {
      var policy = (ObjectNode) JSON.readTree(Workloads.policy().json());
      policy.put("campaign", CAMPAIGN);
      for (var mandate : policy.withArray("mandates")) {
        if (mandate.get("role").asText().equals("booking")) {
          ((ObjectNode) mandate).put("agent", "model");
        }
      }
      var model = policy.putArray("models").addObject();
      model.put("role", "booking").put("id", "model.booking").put("owner", "Whoever measures");
      model.put("reason", "It is measured.").put("model", "slow").put("temperature", 0);
      model.put("onFailure", "human");
      model.put("prompt", "You are {{role}}.\n{{happened}}{{facts}}{{allowed}}{{refused}}");
      model
          .putObject("limits")
          .put("answerWithin", "PT15S")
          .put("tokensPerTurn", 4_000)
          .put("tokensPerConversation", 100_000)
          .put("rounds", 3)
          .put("answerChars", 2_000)
          .put("memoryLines", 20);
      return PolicyCompiler.fromJson(policy.toString()).orThrow();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible); // it is canonical JSON
    }
  }
}
