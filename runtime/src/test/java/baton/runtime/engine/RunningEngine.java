package baton.runtime.engine;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests one running engine, the same for all of them, and ends it after the last.
final class RunningEngine implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EngineProcess.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningEngine.class))
        .computeIfAbsent("engine", _ -> started(), EngineProcess.class);
  }

  private static EngineProcess started() {
    var engine = EngineProcess.in("running");
    engine.launch().ready();
    return engine;
  }
}
