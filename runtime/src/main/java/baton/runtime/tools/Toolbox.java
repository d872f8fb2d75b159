package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.port.Tool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All tools as one: each kind of action goes to the tool that carries it out.
public final class Toolbox implements Tool {
  static final String NO_SUCH_TOOL = "no-such-tool";

  private final Map<String, Tool> tools = new TreeMap<>();

  public Toolbox(List<Tool> tools) {
    for (var tool : tools) {
      for (var kind : tool.kinds()) {
        if (this.tools.putIfAbsent(kind, tool) != null) {
          throw new IllegalArgumentException("two tools carry out " + kind + ": leave one out");
        }
      }
    }
  }

  @Override
  public Set<String> kinds() {
    return Set.copyOf(tools.keySet());
  }

  @Override
  public String schema(String kind) {
    return of(kind).schema(kind);
  }

  @Override
  public boolean undoable(String kind) {
    return of(kind).undoable(kind);
  }

  @Override
  public Outcome call(Effect effect) {
    var tool = tools.get(effect.action().kind());
    return tool == null ? new Failed(NO_SUCH_TOOL) : tool.call(effect);
  }

  /// The tool may have been there when the call was made: without it nobody knows.
  @Override
  public Outcome lookUp(Effect effect) {
    var tool = tools.get(effect.action().kind());
    return tool == null ? new Unknown(NO_SUCH_TOOL) : tool.lookUp(effect);
  }

  private Tool of(String kind) {
    var tool = tools.get(kind);
    if (tool == null) throw new IllegalArgumentException("no tool carries out " + kind);
    return tool;
  }
}
