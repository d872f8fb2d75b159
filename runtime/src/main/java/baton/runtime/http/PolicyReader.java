package baton.runtime.http;

import baton.handoff.policy.PolicyDocument;
import java.util.List;

/// Reads a policy document from its text, YAML or JSON.
@FunctionalInterface
public interface PolicyReader {
  Read read(String text);

  sealed interface Read {
    record Good(PolicyDocument document) implements Read {}

    /// @param errors one line each, with the place in the text
    record Bad(List<String> errors) implements Read {}
  }
}
