package baton.persistence.policy;

import baton.handoff.Role;
import baton.handoff.fact.Money;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads a document that has passed all checks into the records the kernel decides by.
final class PolicyReader {
  private PolicyReader() {}

  static Policy policy(Tree document, String hash) {
    var kinds = Kinds.of(document);
    return new Policy(
        hash,
        document.text("campaign"),
        document.text("title"),
        document.text("owner"),
        document.text("purpose"),
        document.truth("inbound"),
        role(document, "start"),
        ZoneId.of(document.text("zone")),
        names(document, "channels"),
        autonomy(document),
        mandates(document),
        document.list("transitions").stream().map(PolicyReader::transition).toList(),
        byKind(document, "rights", kinds, PolicyReader::right),
        byKind(document, "limits", kinds, PolicyReader::limit),
        byKind(document, "disclosures", kinds, PolicyReader::disclosure),
        byKind(
            document,
            "consents",
            kinds,
            tree -> new Policy.ConsentRule(clause(tree), tree.text("purpose"))),
        byKind(document, "hours", kinds, PolicyReader::hours),
        byKind(
            document,
            "certainty",
            kinds,
            tree ->
                new Policy.Certainty(
                    clause(tree), (int) tree.whole("confidence"), names(tree, "facts"))),
        byKind(
            document,
            "fairness",
            kinds,
            tree -> new Policy.Fairness(clause(tree), tree.text("measure"), tree.whole("atMost"))),
        document.list("language").stream().map(PolicyReader::language).toList(),
        byKind(
            document,
            "custom",
            kinds,
            tree ->
                new Policy.Custom(
                    clause(tree), CelConditions.compile(tree.text("when")), verdict(tree))),
        lines(document),
        freshness(document),
        timing(document),
        fallbacks(document),
        document.get("outreach").map(PolicyReader::outreach),
        document.get("lexicon").map(lexicon -> lexicon.text("version")).orElse(""));
  }

  static Clause clause(Tree tree) {
    return new Clause(tree.text("id"), tree.text("owner"), tree.text("reason"));
  }

  private static <T> Map<String, List<T>> byKind(
      Tree document, String section, Kinds kinds, Function<Tree, T> read) {
    var map = new TreeMap<String, List<T>>();
    for (var tree : document.list(section)) {
      var rule = read.apply(tree);
      for (var kind : kinds.in(tree)) {
        map.computeIfAbsent(kind, _ -> new ArrayList<>()).add(rule);
      }
    }
    map.replaceAll((_, rules) -> List.copyOf(rules));
    return Collections.unmodifiableMap(map);
  }

  /// Each kind of a section has one clause: the one that names it, else the one with `*`.
  private static <T> Map<String, T> oneByKind(
      List<Tree> section, Set<String> rest, Function<Tree, T> read) {
    var map = new TreeMap<String, T>();
    for (var tree : section) {
      var value = read.apply(tree);
      Kinds.named(tree).forEach(kind -> map.put(kind, value));
      if (Kinds.everyone(tree)) rest.forEach(kind -> map.put(kind, value));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, Policy.Autonomy> autonomy(Tree document) {
    var section = document.list("autonomy");
    return oneByKind(
        section,
        Kinds.rest(section),
        tree ->
            new Policy.Autonomy(
                clause(tree),
                constant(Policy.Autonomy.Level.class, tree.text("level")),
                tree.text("right")));
  }

  private static Map<Role, Policy.Mandate> mandates(Tree document) {
    var map = new TreeMap<Role, Policy.Mandate>();
    for (var tree : document.list("mandates")) {
      var may = tree.list("may");
      var never = tree.list("never");
      var grants = new ArrayList<>(may);
      grants.addAll(never);
      var rest = Kinds.rest(grants);
      var role = role(tree, "role");
      map.put(
          role,
          new Policy.Mandate(
              role,
              tree.text("agent"),
              oneByKind(may, rest, PolicyReader::clause),
              oneByKind(never, rest, PolicyReader::clause),
              scope(tree.get("scope").orElse(tree))));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Policy.Scope scope(Tree tree) {
    Optional<Money> priceTo =
        tree.get("priceTo").map(money -> new Money(money.text("currency"), money.whole("minor")));
    return new Policy.Scope(
        clause(tree),
        names(tree, "products"),
        names(tree, "channels"),
        names(tree, "segments"),
        names(tree, "crmFields"),
        priceTo);
  }

  private static Policy.Transition transition(Tree tree) {
    return new Policy.Transition(
        clause(tree),
        role(tree, "from"),
        role(tree, "to"),
        tree.list("requires").stream()
            .map(needed ->
                new Policy.Transition.Needed(needed.text("fact"), (int) needed.whole("confidence")))
            .toList(),
        names(tree, "confirmations"),
        names(tree, "consents"),
        names(tree, "contract"),
        (int) tree.whole("bounceMax"),
        duration(tree, "answerWithin"),
        constant(Policy.SafeState.class, tree.text("otherwise")));
  }

  private static Policy.Right right(Tree tree) {
    var holder = tree.text("holder");
    return new Policy.Right(
        clause(tree),
        tree.text("right"),
        tree.text("measure"),
        tree.get("upTo").isPresent() ? tree.whole("upTo") : Long.MAX_VALUE,
        holder.equals(RightMeaning.OPERATOR)
            ? new Policy.Right.Holder.ByOperator()
            : new Policy.Right.Holder.ByRole(new Role(holder)));
  }

  private static Policy.Limit limit(Tree tree) {
    return new Policy.Limit(
        clause(tree), tree.text("measure"), tree.whole("atMost"), verdict(tree));
  }

  private static Policy.Disclosure disclosure(Tree tree) {
    return new Policy.Disclosure(
        clause(tree), tree.text("disclosure"), tree.text("line"), tree.truth("rearm"));
  }

  private static Policy.Hours hours(Tree tree) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    names(tree, "days").forEach(day -> days.add(constant(DayOfWeek.class, day)));
    return new Policy.Hours(
        clause(tree),
        Collections.unmodifiableSet(days),
        LocalTime.parse(tree.text("from")),
        LocalTime.parse(tree.text("until")),
        tree.truth("inbound"));
  }

  private static Policy.Language language(Tree tree) {
    var roles = new TreeSet<Role>();
    tree.texts("roles").forEach(text -> roles.add(new Role(text.value())));
    return new Policy.Language(
        clause(tree),
        tree.text("signal"),
        names(tree, "values"),
        Collections.unmodifiableSet(roles),
        tree.get("reframe").isPresent() && tree.truth("reframe"),
        verdict(tree));
  }

  private static Map<String, Policy.Line> lines(Tree document) {
    var map = new TreeMap<String, Policy.Line>();
    for (var tree : document.list("lines")) {
      var name = tree.text("line");
      map.put(
          name,
          new Policy.Line(
              clause(tree),
              name,
              tree.text("text"),
              tree.truth("engine"),
              tree.truth("afterOptOut")));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, Duration> freshness(Tree document) {
    var map = new TreeMap<String, Duration>();
    for (var tree : document.list("freshness")) {
      names(tree, "facts").forEach(fact -> map.put(fact, duration(tree, "freshFor")));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Policy.Timing timing(Tree document) {
    var tree = document.get("timing").orElse(document);
    return new Policy.Timing(
        duration(tree, "permit"),
        duration(tree, "think"),
        duration(tree, "silence"),
        duration(tree, "approval"),
        duration(tree, "human"),
        duration(tree, "followUp"));
  }

  private static Policy.Fallbacks fallbacks(Tree document) {
    var tree = document.get("fallbacks").orElse(document);
    return new Policy.Fallbacks(
        (int) tree.whole("silencesMax"),
        (int) tree.whole("roundsMax"),
        constant(Policy.SafeState.class, tree.text("thinking")));
  }

  private static Policy.Outreach outreach(Tree tree) {
    return new Policy.Outreach(
        clause(tree),
        tree.text("channel"),
        duration(tree, "pace"),
        tree.texts("again").stream().map(text -> Duration.parse(text.value())).toList());
  }

  private static Role role(Tree tree, String name) {
    return new Role(tree.text(name));
  }

  private static Verdict verdict(Tree tree) {
    return constant(Verdict.class, tree.text("then"));
  }

  private static Duration duration(Tree tree, String name) {
    return Duration.parse(tree.text(name));
  }

  private static Set<String> names(Tree tree, String name) {
    var names = new TreeSet<String>();
    tree.texts(name).forEach(text -> names.add(text.value()));
    return Collections.unmodifiableSet(names);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
