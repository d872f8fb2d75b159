package baton.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// All results, for programs.
public final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  public static String of(Setup setup, List<Result> results) {
    var root = JSON.createObjectNode();
    root.put("at", setup.at().toString())
        .put("command", setup.command())
        .put("processors", setup.processors())
        .put("memoryGiB", setup.memoryGiB())
        .put("system", setup.system())
        .put("java", setup.java());
    var all = root.putArray("results");
    for (var result : results) result(all.addObject(), result);
    return root.toPrettyString() + "\n";
  }

  private static void result(ObjectNode node, Result result) {
    node.put("workload", result.workload()).put("title", result.title());
    var figures = node.putArray("figures");
    for (var figure : result.figures()) figure(figures.addObject(), figure);
    result.yardstick().ifPresent(words -> node.put("yardstick", words));
    result
        .spread()
        .ifPresent(spread ->
            node.putObject("spreadMs")
                .put("conversations", spread.conversations())
                .put("p50", spread.p50())
                .put("p90", spread.p90())
                .put("p99", spread.p99())
                .put("p99.9", spread.p999()));
    result
        .machine()
        .ifPresent(share ->
            node.putObject("machine")
                .put("load", share.load())
                .put("othersPercent", share.others())
                .put("idlePercent", share.idle())
                .put("engineSeconds", share.engineSeconds())
                .put("databaseSeconds", share.databaseSeconds()));
    result.notes().forEach(node.putArray("notes")::add);
    result.wrong().forEach(node.putArray("wrong")::add);
  }

  private static void figure(ObjectNode node, Figure figure) {
    node.put("name", figure.name()).put("value", figure.value()).put("unit", figure.unit());
    figure
        .measure()
        .ifPresent(measure -> {
          node.put("measure", measure.title());
          node.put("must", measure.must()).put("aim", measure.aim());
          node.put("reached", measure.standing(figure.value()) != Measure.Standing.SHORT);
        });
    if (figure.ratio().isPresent()) node.put("ratio", figure.ratio().getAsDouble());
  }
}
