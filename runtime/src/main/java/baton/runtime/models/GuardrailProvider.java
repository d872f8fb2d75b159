package baton.runtime.models;

import dev.langchain4j.guardrail.OutputGuardrail;

/// A guardrail of LangChain4j for what models say, found through [java.util.ServiceLoader] on the
/// class path. A policy names it beside a model. It can only hold words back: what it would write
/// anew is held back as well.
public interface GuardrailProvider {
  /// What a model's `guardrails` in a policy call it: lower-case letters, digits and `-`.
  String name();

  /// Called once. It is asked by `validate(AiMessage)`, on many threads at once.
  OutputGuardrail guardrail();
}
