package baton.handoff.policy;

/// One addressable rule: its name in the document, who answers for it, and why it is there.
public record Clause(String id, String owner, String reason) {
  /// What the kernel itself insists on, whatever a policy says.
  public static final Clause ENGINE =
      new Clause("engine", "engine", "the engine insists on this, whatever a policy says");
}
