package baton.runtime;

import baton.persistence.policy.Compilation;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.Problem;
import baton.runtime.http.PolicyReader;

/// Policies that come in over the API: whole documents, with everything in them.
final class Uploads {
  private Uploads() {}

  static PolicyReader.Read read(String text) {
    return switch (PolicyCompiler.compile("policy", text, Includes.none())) {
      case Compilation.Compiled(var document) -> new PolicyReader.Read.Good(document);
      case Compilation.Invalid(var problems) ->
          new PolicyReader.Read.Bad(problems.stream().map(Problem::toString).toList());
    };
  }

}
