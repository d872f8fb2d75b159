package baton.runtime.tools;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A price list in YAML. Each mistake is told with the line where it stands.
final class PriceYaml {
  private final Path file;
  private final PriceDraft list = new PriceDraft();
  private ZoneId zone;

  PriceYaml(Path file, ZoneId zone) {
    this.file = file;
    this.zone = zone;
  }

  PriceList read(String text) {
    var root = root(text);
    known(
        root,
        Set.of("currency", "zone", "valid", "quotes-stand-days", "seller", "terms", "products"));
    member(root, "currency", node -> list.currency(text(node)));
    member(root, "zone", node -> zone = zone(text(node)));
    member(root, "valid", this::valid);
    member(root, "quotes-stand-days", node -> list.quotesStand(text(node)));
    member(root, "seller", node -> list.seller(text(node)));
    member(root, "terms", node -> list.terms(text(node)));
    member(root, "products", node -> each(node, this::product));
    return told(root, list::done);
  }

  /// The last day counts.
  private void valid(Node node) {
    known(node, Set.of("from", "until"));
    member(node, "from", day -> list.from = Optional.of(start(text(day))));
    member(
        node,
        "until",
        day -> list.until = Optional.of(start(LocalDate.parse(text(day)).plusDays(1).toString())));
  }

  private Instant start(String day) {
    return LocalDate.parse(day).atStartOfDay(zone).toInstant();
  }

  private void product(String name, Node node) {
    list.product(name);
    known(node, Set.of("title", "term", "prices"));
    member(node, "title", title -> list.title(name, text(title)));
    member(node, "term", term -> list.term(name, text(term)));
    member(node, "prices", prices -> each(prices, (code, tiers) -> prices(name, code, tiers)));
  }

  /// One price, or prices by the seat from which they hold.
  private void prices(String product, String code, Node node) {
    list.currency(code);
    if (node instanceof ScalarNode) list.tier(product, code, "1", text(node));
    else each(node, (from, price) -> list.tier(product, code, from, text(price)));
  }

  private static ZoneId zone(String name) {
    if (ZoneId.getAvailableZoneIds().contains(name)) return ZoneId.of(name);
    throw new IllegalArgumentException("'zone' is an IANA name such as Europe/Berlin");
  }

  private Node root(String text) {
    var settings = LoadSettings.builder().setUseMarks(true).setMaxAliasesForCollections(0).build();
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new PriceFile.Invalid(file, 0, "is empty: see docs/configuration.md"));
    } catch (MarkedYamlEngineException broken) {
      long line = broken.getProblemMark().map(mark -> mark.getLine() + 1L).orElse(0L);
      throw new PriceFile.Invalid(file, line, "this is not YAML: " + broken.getProblem());
    } catch (YamlEngineException | StackOverflowError broken) {
      throw new PriceFile.Invalid(file, 0, "this is not YAML that can be read");
    }
  }

  private void known(Node node, Set<String> names) {
    var seen = new HashSet<String>();
    for (var tuple : tuples(node)) {
      String name = text(tuple.getKeyNode());
      told(
          tuple.getKeyNode(),
          () -> {
            if (!names.contains(name)) {
              throw new IllegalArgumentException(
                  "unknown member: known are "
                      + String.join(", ", names.stream().sorted().toList()));
            }
            if (!seen.add(name))
              throw new IllegalArgumentException("'" + name + "' is there twice");
            return name;
          });
    }
  }

  private void member(Node node, String name, Consumer<Node> read) {
    for (var tuple : tuples(node)) {
      if (!text(tuple.getKeyNode()).equals(name)) continue;
      told(
          tuple.getValueNode(),
          () -> {
            read.accept(tuple.getValueNode());
            return name;
          });
    }
  }

  private interface Reads {
    void read(String name, Node value);
  }

  private void each(Node node, Reads reads) {
    var seen = new HashSet<String>();
    for (var tuple : tuples(node)) {
      told(
          tuple.getKeyNode(),
          () -> {
            String name = text(tuple.getKeyNode());
            if (!seen.add(name)) throw new IllegalArgumentException("this is there twice");
            reads.read(name, tuple.getValueNode());
            return name;
          });
    }
  }

  private List<NodeTuple> tuples(Node node) {
    if (node instanceof MappingNode map) return map.getValue();
    throw new PriceFile.Invalid(file, line(node), "names with values are needed here");
  }

  private String text(Node node) {
    if (node instanceof ScalarNode scalar) return scalar.getValue();
    throw new PriceFile.Invalid(file, line(node), "one value is needed here");
  }

  private interface Step<T> {
    T take();
  }

  private <T> T told(Node at, Step<T> step) {
    try {
      return step.take();
    } catch (DateTimeException wrong) {
      throw new PriceFile.Invalid(file, line(at), "write a day as 2026-12-31");
    } catch (IllegalArgumentException wrong) {
      throw new PriceFile.Invalid(file, line(at), wrong.getMessage());
    }
  }

  private static long line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1L).orElse(0L);
  }
}
