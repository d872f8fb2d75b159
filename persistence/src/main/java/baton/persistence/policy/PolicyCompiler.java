package baton.persistence.policy;

import baton.handoff.action.Canonical;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Compilation.Compiled;
import baton.persistence.policy.Compilation.Invalid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes a policy document out of YAML: included files are put in place, the whole is held against
/// the schema and against itself, and what is left is hashed and compiled. Pure but for the
/// includes.
public final class PolicyCompiler {
  /// Bound on a document, on each included file, and on the canonical JSON of them together.
  public static final int SIZE_MAX_BYTES = 1 << 20;

  private static final String TOO_LARGE = "larger than 1 MiB: a policy is text, not data";

  private PolicyCompiler() {}

  /// Compiles a file, with the files it includes read relative to it.
  public static Compilation compile(Path file) {
    var name = file.toString();
    try {
      if (Files.size(file) > SIZE_MAX_BYTES) return broken(name, TOO_LARGE);
      var folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
      return compile(name, Files.readString(file), Includes.in(folder));
    } catch (IOException unreadable) {
      return broken(name, "cannot be read as a UTF-8 file: correct its name or its rights");
    }
  }

  /// Compiles one of the policies that come with the engine: `inbound-trial` or
  /// `outbound-appointments`.
  public static Compilation sample(String campaign) {
    var name = campaign + ".yaml";
    var yaml = Includes.samples().read(name);
    return yaml.isPresent()
        ? compile("policies/" + name, yaml.get(), Includes.samples())
        : broken(name, "there is no sample policy of that name");
  }

  /// @param file the document's name in problems
  public static Compilation compile(String file, String yaml, Includes includes) {
    if (tooLarge(yaml)) return broken(file, TOO_LARGE);
    var problems = new Problems();
    var tree = YamlReader.read(file, yaml, problems);
    return tree.isPresent()
        ? compile(file, new Included(file, includes, problems).policy(tree.get()), problems)
        : new Invalid(problems.sorted(file));
  }

  /// Compiles the stored form again.
  public static Compilation fromJson(String canonicalJson) {
    var name = "stored policy";
    if (tooLarge(canonicalJson)) return broken(name, TOO_LARGE);
    var problems = new Problems();
    var tree = JsonReader.read(name, canonicalJson, problems);
    return tree.isPresent()
        ? compile(name, tree.get(), problems)
        : new Invalid(problems.sorted(name));
  }

  private static Compilation compile(String file, Tree tree, Problems problems) {
    SchemaCheck.POLICY.check(tree, problems);
    tree.list("scenarios").forEach(scenario -> ScenarioFile.check(scenario, problems));
    Meaning.check(tree, problems);
    var json = CanonicalTree.json(tree);
    if (tooLarge(json)) problems.add(tree.at(), "with its included files " + TOO_LARGE);
    if (!problems.none()) return new Invalid(problems.sorted(file));
    var policy = PolicyReader.policy(tree, Canonical.sha256(json));
    return new Compiled(
        new PolicyDocument(
            policy,
            TalkReader.lexicon(tree),
            TalkReader.playbooks(tree),
            TalkReader.models(tree),
            ToolReader.tools(tree),
            json));
  }

  static boolean tooLarge(String text) {
    return text.length() > SIZE_MAX_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > SIZE_MAX_BYTES;
  }

  private static Invalid broken(String file, String message) {
    return new Invalid(List.of(new Problem(file, 1, 1, message)));
  }
}
