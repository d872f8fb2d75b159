package baton.persistence.policy;

import baton.handoff.fact.Money;
import baton.handoff.policy.Clause;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What there is to say about a policy document, as plain text of at most 100 columns.
public final class PolicyReport {
  private static final int WIDTH = 100;

  private final PolicyDocument document;
  private final Policy policy;
  private final StringBuilder out = new StringBuilder(4096);

  private PolicyReport(PolicyDocument document) {
    this.document = document;
    this.policy = document.policy();
  }

  public static String of(Compilation compilation) {
    return switch (compilation) {
      case Compilation.Compiled(var document) -> of(document);
      case Compilation.Invalid(var problems) -> of(problems);
    };
  }

  /// One line for each problem: `file:line:column: message`.
  public static String of(List<Problem> problems) {
    return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
  }

  /// A summary that a policy's owner can read.
  public static String of(PolicyDocument document) {
    var report = new PolicyReport(document);
    report.head();
    report.roles();
    report.autonomy();
    report.ways();
    report.rights();
    report.limits();
    report.guards();
    report.tools();
    return report.out.toString();
  }

  private void head() {
    line(policy.title());
    line(
        policy.campaign()
            + " · "
            + policy.owner()
            + " · version "
            + policy.hash().substring(0, 12));
    out.append('\n');
    wrapped("", policy.purpose());
    wrapped(
        "",
        (policy.inbound() ? "Anyone" : "Only an operator")
            + " may open a conversation (over "
            + list(policy.channels())
            + "). "
            + policy.start()
            + " has it first. The seller's clock"
            + " is "
            + policy.zone()
            + ".");
  }

  private void roles() {
    heading("Roles");
    var mandates = policy.mandates().values();
    int role = width(mandates.stream().map(mandate -> mandate.role().name()));
    int agent = width(mandates.stream().map(Policy.Mandate::agent));
    var row = "  %-" + role + "s %-" + agent + "s %5s %6s   ";
    line(row + "%s", "", "agent", "may", "never", "within");
    for (var mandate : mandates) {
      var scope = mandate.scope();
      var within = scope.products().isEmpty() ? "no product" : list(scope.products());
      wrapped(
          String.format(
              Locale.ROOT,
              row,
              mandate.role(),
              mandate.agent(),
              mandate.may().size(),
              mandate.never().size()),
          within + scope.priceTo().map(price -> ", up to " + money(price)).orElse(""));
    }
  }

  private static int width(Stream<String> names) {
    return Math.max(12, names.mapToInt(String::length).max().orElse(0));
  }

  private void autonomy() {
    heading("Autonomy");
    for (var level : Policy.Autonomy.Level.values()) {
      var kinds = new TreeSet<String>();
      policy
          .autonomy()
          .forEach((kind, autonomy) -> {
            if (autonomy.level() == level) {
              kinds.add(kind + (autonomy.right().isEmpty() ? "" : " (" + autonomy.right() + ")"));
            }
          });
      if (kinds.isEmpty()) continue;
      var words =
          switch (level) {
            case OFF -> "  never by a machine   ";
            case ASSIST -> "  with an approval     ";
            case BOUNDED -> "  within the clauses   ";
          };
      wrapped(words, list(kinds));
    }
  }

  private void ways() {
    heading("Ways from role to role");
    for (var edge : policy.transitions()) {
      var needs = new ArrayList<String>();
      edge.requires().forEach(fact -> needs.add(fact.fact() + " ≥ " + fact.confidence() + " %"));
      sorted(edge.confirmations()).forEach(topic -> needs.add("a yes to " + topic));
      sorted(edge.consents()).forEach(purpose -> needs.add("consent " + purpose));
      var otherwise =
          switch (edge.otherwise()) {
            case RETURN -> "back to " + edge.from();
            case HUMAN -> "to a person";
            case CLOSE -> "to its end";
          };
      wrapped(
          String.format(Locale.ROOT, "  %-10s ──▶  %-12s ", edge.from(), edge.to()),
          (needs.isEmpty() ? "" : "with " + String.join(", ", needs) + "; ")
              + (edge.bounceMax() == 1 ? "once; " : "at most " + edge.bounceMax() + " times; ")
              + "answer in "
              + time(edge.answerWithin())
              + ", else "
              + otherwise);
    }
  }

  private void rights() {
    heading("Decision rights");
    if (policy.rights().isEmpty()) line("  none: nothing lies beyond a threshold");
    for (var kind : policy.rights().entrySet()) {
      var ladder = new ArrayList<>(kind.getValue());
      ladder.sort((a, b) -> Long.compare(a.upTo(), b.upTo()));
      var name = kind.getKey();
      for (var right : ladder) {
        var holder =
            switch (right.holder()) {
              case Policy.Right.Holder.ByRole(var role) -> role + " by itself";
              case Policy.Right.Holder.ByOperator _ -> "an operator's approval";
            };
        var row = "  %-18s %-28s %-24s %s";
        line(row, name, threshold(right), holder, right.id());
        name = "";
      }
      if (ladder.getLast().upTo() != Long.MAX_VALUE) {
        line("  %-18s %-28s %s", "", "beyond", "denied");
      }
    }
  }

  private static String threshold(Policy.Right right) {
    return switch (right.measure()) {
      case "any" -> "each time";
      case "percent" -> "up to " + right.upTo() + " %";
      default -> "up to " + number(right.upTo()) + " minor units";
    };
  }

  private void limits() {
    heading("Limits");
    clauses(policy.limits(), Policy.Limit::clause)
        .forEach((limit, kinds) ->
            wrapped(
                String.format(
                    Locale.ROOT,
                    "  %-22s %9s  %-9s ",
                    limit.measure(),
                    number(limit.atMost()),
                    word(limit.then())),
                list(kinds)));
    line(
        "  %-22s %9s  %s",
        "silences in a row", policy.fallbacks().silencesMax(), "then the conversation is closed");
    line(
        "  %-22s %9s  %s",
        "answers in a row", policy.fallbacks().roundsMax(), "then the agent is no longer asked");
  }

  private void guards() {
    heading("Guards");
    clauses(policy.disclosures(), Policy.Disclosure::clause)
        .forEach((rule, kinds) -> guard("say first", rule.id(), kinds));
    clauses(policy.consents(), Policy.ConsentRule::clause)
        .forEach((rule, kinds) -> guard("consent", rule.purpose(), kinds));
    clauses(policy.hours(), Policy.Hours::clause)
        .forEach((rule, kinds) -> guard("hours", rule.from() + "–" + rule.until(), kinds));
    clauses(policy.certainty(), Policy.Certainty::clause)
        .forEach((rule, kinds) -> guard("heard clearly", "≥ " + rule.confidence() + " %", kinds));
    clauses(policy.fairness(), Policy.Fairness::clause)
        .forEach((rule, kinds) -> guard("fairness", rule.measure() + " ≤ " + rule.atMost(), kinds));
    for (var rule : policy.language()) {
      guard("words", rule.signal() + " " + word(rule.then()), named(rule.roles()));
    }
    clauses(policy.custom(), Policy.Custom::clause)
        .forEach((rule, kinds) -> guard("custom", rule.clause().id(), kinds));
    line(
        "  fixed lines: %d; entries of lexicon %s: %d; playbooks for %s",
        policy.lines().size(),
        policy.lexicon(),
        document.lexicon().entries().size(),
        document.playbooks().isEmpty() ? "no role" : list(named(document.playbooks().keySet())));
  }

  private void tools() {
    if (document.tools().isEmpty()) return;
    heading("Outside tools");
    for (var tool : new TreeMap<>(document.tools()).values()) {
      var tells = tool.facts().keySet().stream().map(fact -> tool.name() + "." + fact).toList();
      wrapped(
          String.format(Locale.ROOT, "  %-22s ", tool.kind()),
          tool.calls()
              + " on "
              + tool.server()
              + "; takes "
              + (tool.arguments().isEmpty() ? "nothing" : list(tool.arguments().keySet()))
              + "; tells "
              + (tells.isEmpty() ? "nothing" : list(tells))
              + "; "
              + nature(tool));
    }
  }

  private static String nature(OutsideTool tool) {
    if (tool.readOnly()) return "changes nothing";
    return tool.undoable() ? "can be taken back" : "cannot be taken back";
  }

  private void guard(String what, String rule, Collection<String> kinds) {
    wrapped(String.format(Locale.ROOT, "  %-14s %-24s ", what, rule), list(kinds));
  }

  /// Clauses in the order of the kinds they speak of first, each once, with all its kinds.
  private static <T> Map<T, Collection<String>> clauses(
      Map<String, List<T>> byKind, Function<T, Clause> clause) {
    var rules = new LinkedHashMap<String, T>();
    var kinds = new LinkedHashMap<String, Collection<String>>();
    byKind.forEach((kind, all) ->
        all.forEach(rule -> {
          var id = clause.apply(rule).id();
          rules.putIfAbsent(id, rule);
          kinds.computeIfAbsent(id, _ -> new TreeSet<>()).add(kind);
        }));
    var joined = new LinkedHashMap<T, Collection<String>>();
    rules.forEach((id, rule) -> joined.put(rule, kinds.get(id)));
    return joined;
  }

  private static Collection<String> named(Collection<?> roles) {
    return roles.isEmpty()
        ? List.of("all roles")
        : sorted(roles.stream().map(Object::toString).toList());
  }

  private static Collection<String> sorted(Collection<String> names) {
    return new TreeSet<>(names);
  }

  private static String list(Collection<String> names) {
    return String.join(", ", sorted(names));
  }

  private static String money(Money price) {
    int digits = Currency.getInstance(price.currency()).getDefaultFractionDigits();
    var amount = BigDecimal.valueOf(price.minor(), Math.max(digits, 0));
    return price.currency()
        + " "
        + String.format(Locale.ROOT, "%,." + amount.scale() + "f", amount);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String time(Duration duration) {
    var text = duration.toString().substring(2).toLowerCase(Locale.ROOT);
    return text.replaceAll("(?<=[a-z])(?=[0-9])", " ").replaceAll("([a-z])", " $1");
  }

  private void heading(String words) {
    out.append('\n').append(words).append('\n');
  }

  private void line(String format, Object... arguments) {
    var text = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
    var cut = text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
    out.append(cut.stripTrailing()).append('\n');
  }

  /// Words behind a label, broken between words, further lines indented by the label's length.
  private void wrapped(String label, String words) {
    var row = new StringBuilder(label);
    for (var word : words.split(" +")) {
      boolean begins = row.toString().isBlank() || row.length() == label.length();
      if (!begins && row.length() + 1 + word.length() > WIDTH) {
        line("%s", row);
        row = new StringBuilder(" ".repeat(label.length()));
        begins = true;
      }
      row.append(begins ? "" : " ").append(word);
    }
    line("%s", row);
  }
}
