package baton.persistence.policy;

import baton.handoff.gate.Condition;
import baton.handoff.gate.Inquiry;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;

/// Conditions in CEL over what an inquiry shows. There are no loops (of the macros `has` alone), so
/// that the cost of a condition is bounded by its length, and that by [#LENGTH_MAX].
final class CelConditions {
  static final int LENGTH_MAX = 1000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LENGTH_MAX)
          .maxParseRecursionDepth(32)
          .comprehensionMaxIterations(0)
          .maxRegexProgramSize(1000)
          .enableHeterogeneousNumericComparisons(true)
          .build();
  private static final CelType VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.HAS)
          .addVar("action", VALUES)
          .addVar("facts", VALUES)
          .addVar("consents", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .addVar("counters", MapType.create(SimpleType.STRING, SimpleType.INT))
          .addVar("role", SimpleType.STRING)
          .addVar("channel", SimpleType.STRING)
          .addVar("segment", SimpleType.STRING)
          .addVar("region", SimpleType.STRING)
          .addVar("hour", SimpleType.INT)
          .addVar("confidence", SimpleType.INT)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private CelConditions() {}

  /// What is wrong with an expression, or empty.
  static Optional<String> problem(String expression) {
    try {
      var type = checked(expression).getResultType();
      return type.equals(SimpleType.BOOL)
          ? Optional.empty()
          : Optional.of(
              "the condition gives "
                  + type.name()
                  + ", not true or false: compare it with"
                  + " something");
    } catch (CelValidationException invalid) {
      var issue = invalid.getErrors().isEmpty() ? null : invalid.getErrors().getFirst();
      return Optional.of(
          issue == null
              ? "the condition cannot be compiled: shorten it"
              : "the condition cannot be compiled, at its character "
                  + (issue.getSourceLocation().getColumn() + 1)
                  + ": "
                  + issue.getMessage().replaceAll(" (expecting|\\(in container) .*", ""));
    }
  }

  /// @throws IllegalArgumentException where [#problem] has something to say
  static Condition compile(String expression) {
    var wrong = problem(expression);
    if (wrong.isPresent()) throw new IllegalArgumentException(wrong.get());
    try {
      return new Compiled(expression, RUNTIME.createProgram(checked(expression)));
    } catch (CelValidationException | CelEvaluationException unexpected) {
      throw new IllegalArgumentException("the condition cannot be compiled", unexpected);
    }
  }

  private static CelAbstractSyntaxTree checked(String expression) throws CelValidationException {
    return COMPILER.compile(expression).getAst();
  }

  /// Equal to every other compilation of the same expression.
  private record Compiled(String expression, CelRuntime.Program program) implements Condition {
    @Override
    public boolean holds(Inquiry inquiry) {
      try {
        return (Boolean) program.eval(name -> InquiryView.of(inquiry, name));
      } catch (CelEvaluationException failed) {
        // Its message may quote a value, so that only its code goes further.
        throw new IllegalStateException("not evaluated: " + failed.getErrorCode());
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Compiled that && that.expression.equals(expression);
    }

    @Override
    public int hashCode() {
      return expression.hashCode();
    }

    @Override
    public String toString() {
      return expression;
    }
  }
}
