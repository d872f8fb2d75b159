package baton.runtime.tools;

import java.util.Map;

/// What a tool can do for one kind of action.
///
/// @param undoable whether what it did can be taken back
/// @param schema JSON Schema of the arguments
record Capability(boolean undoable, String schema) {
  static Capability of(Map<String, Capability> capabilities, String kind) {
    var capability = capabilities.get(kind);
    if (capability == null) throw new IllegalArgumentException("this tool does no " + kind);
    return capability;
  }
}
