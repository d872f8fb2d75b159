package baton.runtime.observe;

import baton.handoff.Outcome;
import baton.handoff.port.Tool;
import java.util.Set;

/// Times and traces what a tool does, and lets it log in the context of its conversation.
public record WatchedTool(Tool tool, Metrics metrics, Traces traces) implements Tool {
  @Override
  public Set<String> kinds() {
    return tool.kinds();
  }

  @Override
  public String schema(String kind) {
    return tool.schema(kind);
  }

  @Override
  public boolean undoable(String kind) {
    return tool.undoable(kind);
  }

  /// A tool that throws leaves an unknown outcome behind.
  @Override
  public Outcome call(Effect effect) {
    long began = metrics.now();
    metrics.effectBegan();
    Outcome outcome = new Outcome.Unknown("error");
    try (var _ = LogLayout.about(effect.conversation());
        var span = traces.effect(effect.permit())) {
      outcome = tool.call(effect);
      span.with("baton.outcome", Metrics.word(outcome));
      return outcome;
    } finally {
      metrics.effectEnded(effect.permit().kind(), outcome, began);
    }
  }

  @Override
  public Outcome lookUp(Effect effect) {
    try (var _ = LogLayout.about(effect.conversation())) {
      return tool.lookUp(effect);
    }
  }
}
