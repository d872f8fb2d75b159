package baton.runtime.engine;

import baton.handoff.Outcome;
import baton.handoff.port.Tool;
import baton.runtime.tools.ToolProvider;
import com.typesafe.config.Config;
import java.util.Set;

/// A calendar that fails, with what it was given in the message of its exception.
public final class BrokenCalendar implements ToolProvider {
  /// What a buyer of the tests says, and nobody else: it must be seen nowhere.
  static final String MARK = "Zanzibar-77";

  @Override
  public String name() {
    return "broken-calendar";
  }

  @Override
  public Tool open(Config settings) {
    return new Tool() {
      @Override
      public Set<String> kinds() {
        return Set.of("find-slots", "book", "reschedule", "cancel");
      }

      @Override
      public String schema(String kind) {
        return """
        {"type": "object", "properties": {"from": {"type": "string"}, "until": {"type": "string"},
         "zone": {"type": "string"}}, "required": ["from", "until", "zone"]}
        """;
      }

      @Override
      public boolean undoable(String kind) {
        return true;
      }

      @Override
      public Outcome call(Effect effect) {
        throw new IllegalStateException(MARK, new IllegalArgumentException("for " + MARK));
      }

      @Override
      public Outcome lookUp(Effect effect) {
        throw new IllegalStateException(MARK);
      }
    };
  }
}
