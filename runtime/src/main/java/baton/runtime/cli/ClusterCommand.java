package baton.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton cluster`: who is a member, what each has, and how far behind anything is.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Shows the nodes of the cluster, as the one at --url sees them.")
public final class ClusterCommand implements Callable<Integer> {
  private static final List<String> HEAD =
      List.of("node", "serves at", "state", "shards", "in memory", "since");
  private static final DateTimeFormatter SINCE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  @Mixin private Access access;
  @Spec private CommandSpec spec;

  /// @return 0 only where every node is up and permits
  @Override
  public Integer call() {
    try {
      var answer = access.client().get("/v1/cluster", access.operatorToken());
      var cluster = Access.taken(answer).json();
      show(cluster);
      return isWell(cluster) ? 0 : 1;
    } catch (ApiClient.Failure failure) {
      spec.commandLine().getErr().println("baton: " + failure.getMessage());
      return 1;
    }
  }

  private static boolean isWell(JsonNode cluster) {
    boolean up = true;
    for (var node : cluster.get("nodes")) up &= isUp(node);
    return up && !cluster.hasNonNull("trouble");
  }

  private static boolean isUp(JsonNode node) {
    return node.get("state").asText().equals("up");
  }

  private void show(JsonNode cluster) {
    var out = spec.commandLine().getOut();
    var ansi = spec.commandLine().getColorScheme().ansi();
    var rows = new ArrayList<List<String>>(List.of(HEAD));
    for (var node : cluster.get("nodes")) rows.add(cells(node));
    var widths = new int[HEAD.size()];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    }
    out.println(ansi.string("@|faint " + line(HEAD, widths) + "|@"));
    int at = 0;
    for (var node : cluster.get("nodes")) {
      var text = line(rows.get(++at), widths);
      out.println(isUp(node) ? text : ansi.string("@|red " + text + "|@"));
    }
    out.println();
    summary(out, ansi, cluster);
    out.flush();
  }

  private static List<String> cells(JsonNode node) {
    var marks = new ArrayList<String>();
    if (node.hasNonNull("since")) marks.add(since(node.get("since").asText()));
    if (node.get("leader").asBoolean()) marks.add("leads");
    if (node.get("self").asBoolean()) marks.add("answers");
    return List.of(
        node.get("address").asText(),
        orDash(node.get("http").asText()),
        node.get("state").asText(),
        orDash(node.path("shards").asText("")),
        orDash(node.path("conversations").asText("")),
        String.join(", ", marks));
  }

  private static String since(String instant) {
    return SINCE.format(Instant.parse(instant).atZone(ZoneId.systemDefault()));
  }

  private static String orDash(String text) {
    return text.isEmpty() || text.equals("null") ? "–" : text;
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      var cell = cells.get(i);
      boolean number = i == 3 || i == 4;
      var space = " ".repeat(widths[i] - cell.length());
      line.append(number ? space + cell : cell + space).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static void summary(PrintWriter out, Ansi ansi, JsonNode cluster) {
    var statuses = new ArrayList<String>();
    cluster
        .get("conversations")
        .properties()
        .forEach(status -> statuses.add(status.getValue().asLong() + " " + status.getKey()));
    out.println(
        statuses.isEmpty()
            ? "No conversations yet."
            : statuses.stream().collect(Collectors.joining(", ", "Conversations: ", ".")));
    var lag = cluster.get("lag");
    long due = lag.get("due").asLong();
    out.println(
        due == 0
            ? "Nothing is overdue."
            : due + " are due since " + since(lag.get("dueSince").asText()) + ".");
    long claimed = lag.get("claimed").asLong();
    if (claimed > 0) out.println(claimed + " effects have no outcome yet.");
    if (cluster.hasNonNull("trouble")) {
      var trouble = cluster.get("trouble").asText();
      out.println(ansi.string("@|red This node permits nothing: " + trouble + ".|@"));
    }
  }
}
