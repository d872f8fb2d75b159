package baton.runtime.cli;

import baton.runtime.Settings;
import baton.runtime.models.ModelCheck;
import baton.runtime.models.ModelProvider;
import baton.runtime.models.Models;
import baton.runtime.models.Reached;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton models check`
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Asks each model of the settings a few short questions and says what it can do.",
      "Exit status 0 if all are well."
    })
public final class ModelsCheckCommand implements Callable<Integer> {
  /// What a line needs beside the names: gaps, the verdict, the time and what a model can do.
  private static final int REST_WIDTH = 45;

  private static final int MODEL_WIDTH_MIN = 8;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings (default: baton.conf, where there is one).")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var err = spec.commandLine().getErr();
    try {
      var settings = settings();
      if (settings.models().isEmpty()) {
        err.println(
            "baton: no model is configured; put one into baton.conf, such as models.main { provider"
                + " = openai, model = gpt-4.1-mini, key = ${OPENAI_API_KEY} }; see"
                + " docs/models.md");
        return 1;
      }
      try (var models = Models.of(settings.models(), ServiceLoader.load(ModelProvider.class))) {
        return check(models.names().stream().map(models::named).map(m -> m.orElseThrow()).toList());
      }
    } catch (Settings.Invalid | IllegalStateException told) {
      err.println("baton: " + told.getMessage());
      return 1;
    }
  }

  private Settings settings() {
    var standard = Path.of("baton.conf");
    if (config != null) return Settings.load(config);
    return standard.toFile().exists()
        ? Settings.load(standard)
        : Settings.defaults(Path.of("data"));
  }

  /// All at once, told in their order.
  private int check(List<Reached> models) throws Exception {
    var out = spec.commandLine().getOut();
    var checks =
        models.stream().map(model -> new FutureTask<>(() -> ModelCheck.of(model))).toList();
    checks.forEach(Thread::startVirtualThread);
    var layout = Layout.of(models);
    int well = 0;
    for (var check : checks) {
      var found = check.get();
      if (found.isWell()) well++;
      out.println(spec.commandLine().getColorScheme().ansi().string(layout.line(found)));
      found
          .failure()
          .ifPresent(
              failure -> Wrapped.lines(layout.name() + 2, failure.line()).forEach(out::println));
      out.flush();
    }
    out.println();
    out.println(summary(well, models.size()));
    out.flush();
    return well == models.size() ? 0 : 1;
  }

  private static String summary(int well, int all) {
    if (all == 1) return well == 1 ? "The model is well." : "The model is not well.";
    return well == all
        ? "All " + all + " models are well."
        : well + " of " + all + " models are well.";
  }

  /// How wide the columns are.
  private record Layout(int name, int provider, int model) {
    static Layout of(List<Reached> models) {
      int name = widest(models, model -> model.identity().name().length());
      int provider = widest(models, model -> model.identity().provider().length());
      int left = Math.max(MODEL_WIDTH_MIN, Wrapped.WIDTH_MAX - REST_WIDTH - name - provider);
      int model = widest(models, each -> each.identity().model().length());
      return new Layout(name, provider, Math.min(left, model));
    }

    private static int widest(List<Reached> models, ToIntFunction<Reached> width) {
      return models.stream().mapToInt(width).max().orElse(0);
    }

    String line(ModelCheck check) {
      var who = check.model();
      return pad(who.name(), name)
          + pad(who.provider(), provider)
          + pad(cut(who.model(), model), model)
          + check
              .failure()
              .map(failure -> "@|red " + failure.code() + "|@")
              .orElseGet(() ->
                  "@|green ok|@"
                      + String.format(Locale.ROOT, "%,7d ms  ", check.tookMs())
                      + does(check));
    }

    private static String does(ModelCheck check) {
      var tools = check.tools() ? "tools" : "@|yellow no tools|@";
      return tools
          + (check.structured() ? ", JSON" : "")
          + (check.streaming() ? ", streaming" : "");
    }

    private static String pad(String text, int width) {
      return text + " ".repeat(width - text.length() + 2);
    }

    private static String cut(String text, int width) {
      return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
  }
}
