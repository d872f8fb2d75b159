package baton.handoff.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A tool on a server that is not ours, as a policy declares it: where it is, what it is given, and
/// what of its answers becomes facts. Whatever else it answers is dropped.
///
/// @param name its kind of action is `tool:NAME`, its facts are `NAME.FACT`
/// @param server the server's name in the engine's configuration
/// @param calls the tool's own name on its server
/// @param description for models
/// @param undoable whether what it did can be taken back
/// @param readOnly whether it only answers and changes nothing: then it may be asked again where
///   nobody knows what became of the first call
public record OutsideTool(
    String name,
    Clause clause,
    String server,
    String calls,
    String description,
    boolean undoable,
    boolean readOnly,
    ErrorMeans errorMeans,
    SortedMap<String, Argument> arguments,
    SortedMap<String, Told> facts) {

  public OutsideTool {
    arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  public String kind() {
    return "tool:" + name;
  }

  /// What is known where the tool says that something went wrong.
  public enum ErrorMeans {
    UNKNOWN,
    /// It did nothing, and will not.
    NOT_DONE
  }

  public record Argument(Form form, boolean required, String description) {}

  /// A fact that an answer tells.
  ///
  /// @param at JSON Pointer (RFC 6901) into the answer
  public record Told(String at, Form form) {}

  /// What a value may be. Only [Text] can hold a sentence, and it is sealed wherever it goes.
  public sealed interface Form {
    /// @param maxChars UTF-16 code units
    record Text(int maxChars) implements Form {}

    /// A short name or code without spaces.
    record Name() implements Form {
      public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}";

      public static boolean fits(String text) {
        return text.matches(PATTERN);
      }
    }

    record Choice(List<String> of) implements Form {
      public Choice {
        of = List.copyOf(of);
      }
    }

    record Whole(long atLeast, long atMost) implements Form {}

    /// A date and time with its offset.
    record Time() implements Form {}
  }
}
