package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A tool that somebody else wrote. What it says of itself is asked once, and of what it answers
/// only what the contract allows comes through: whatever else it does, nobody knows the outcome.
final class Outsider implements Tool {
  static final int FACTS_MAX = 64;
  static final int TEXT_MAX_CHARS = 4_000;

  private static final Logger LOG = LoggerFactory.getLogger(Outsider.class);
  private static final Pattern KIND = Pattern.compile("(tool:)?[a-z][a-z0-9-]{0,63}");
  private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final Pattern REASON = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final String key;
  private final Tool tool;
  private final Map<String, Capability> can = new TreeMap<>();

  /// @param key the setting that chose it
  /// @throws IllegalStateException where it describes itself in a way that cannot be used
  Outsider(String key, Tool tool) {
    this.key = key;
    this.tool = tool;
    try {
      for (var kind : tool.kinds()) {
        can.put(kind, new Capability(tool.undoable(kind), tool.schema(kind)));
      }
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalStateException(
          key + ": it cannot say what it does: " + broken.getClass().getName(), broken);
    }
    if (can.isEmpty()) throw new IllegalStateException(key + ": it carries out nothing");
    can.forEach((kind, capability) -> check(kind, capability.schema()));
  }

  private void check(String kind, String schema) {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalStateException(key + ": " + kind + " is no kind of action");
    }
    try {
      if (schema != null && new ObjectMapper().readTree(schema).isObject()) return;
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(key + ": the schema of " + kind + " is not JSON", notJson);
    }
    throw new IllegalStateException(key + ": the schema of " + kind + " is not a JSON object");
  }

  @Override
  public Set<String> kinds() {
    return Set.copyOf(can.keySet());
  }

  @Override
  public String schema(String kind) {
    return Capability.of(can, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(can, kind).undoable();
  }

  @Override
  public Outcome call(Effect effect) {
    return answered(effect, () -> tool.call(effect));
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return answered(effect, () -> tool.lookUp(effect));
  }

  private Outcome answered(Effect effect, Supplier<Outcome> asked) {
    try {
      return switch (asked.get()) {
        case null -> new Unknown("bad-answer");
        case Confirmed confirmed ->
            confirmed.facts().entrySet().stream().allMatch(Outsider::isAllowed)
                    && confirmed.facts().size() <= FACTS_MAX
                ? confirmed
                : new Unknown("bad-answer");
        case Failed failed -> isReason(failed.reason()) ? failed : new Failed("refused");
        case Unknown unknown -> isReason(unknown.reason()) ? unknown : new Unknown("no-answer");
      };
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("{} did not answer: {}", effect.action().kind(), broken.getClass().getName());
      return new Unknown("error");
    }
  }

  private static boolean isReason(String reason) {
    return reason != null && REASON.matcher(reason).matches();
  }

  private static boolean isAllowed(Map.Entry<String, Value> fact) {
    boolean fits =
        !(fact.getValue() instanceof Value.Text(var text)) || text.length() <= TEXT_MAX_CHARS;
    return fits && FACT.matcher(fact.getKey()).matches();
  }
}
