package baton.persistence.policy;

import baton.handoff.action.Canonical;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Compilation.Compiled;
import baton.persistence.policy.Compilation.Invalid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes a policy document out of YAML: included files are put in place, the whole is held against
/// the schema and against itself, and what is left is hashed and compiled. Pure but for the
/// includes.
public final class PolicyCompiler {
  /// Bound on a document, on each included file, and on the canonical JSON of them together.
  public static final int SIZE_MAX_BYTES = 1 << 20;

  private static final String TOO_LARGE = "larger than 1 MiB: a policy is text, not data";
  private static final Pattern INCLUDE =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,7}\\.yaml");

  /// What playbooks may share.
  private static final List<String> SHARED = List.of("questions", "goals", "rules");

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
        ? compile(file, included(tree.get(), file, includes, problems), problems)
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
    SchemaCheck.check(tree, problems);
    Meaning.check(tree, problems);
    var json = CanonicalTree.json(tree);
    if (tooLarge(json)) problems.add(tree.at(), "with its included files " + TOO_LARGE);
    if (!problems.none()) return new Invalid(problems.sorted(file));
    var policy = PolicyReader.policy(tree, Canonical.sha256(json));
    return new Compiled(
        new PolicyDocument(policy, TalkReader.lexicon(tree), TalkReader.playbooks(tree), json));
  }

  /// Puts the content of included files where their names stand, so that it is under the hash.
  private static Tree included(Tree tree, String file, Includes includes, Problems problems) {
    if (!(tree instanceof Tree.Members document)) return tree;
    var folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
    if (document.values().get("lexicon") instanceof Tree.Text lexicon) {
      var content = include(lexicon, folder, "", includes, problems);
      if (content.isPresent()) document = document.with("lexicon", content.get());
    }
    if (document.values().get("playbooks") instanceof Tree.Items(var at, var values)) {
      var contents = new ArrayList<Tree>();
      for (var value : values) contents.add(playbook(value, folder, includes, problems));
      document = document.with("playbooks", new Tree.Items(at, contents));
    }
    return document;
  }

  private static Tree playbook(Tree value, String folder, Includes includes, Problems problems) {
    if (!(value instanceof Tree.Text path)) return shared(value, folder, "", includes, problems);
    var beside = path.value().substring(0, path.value().lastIndexOf('/') + 1);
    return include(path, folder, "", includes, problems)
        .map(playbook -> shared(playbook, folder, beside, includes, problems))
        .orElse(path);
  }

  /// Puts what playbooks share where its file is named among the questions, goals or rules.
  ///
  /// @param beside the folder of the playbook's own file, within the document's
  private static Tree shared(
      Tree value, String folder, String beside, Includes includes, Problems problems) {
    if (!(value instanceof Tree.Members playbook)) return value;
    for (var section : SHARED) {
      if (!(playbook.values().get(section) instanceof Tree.Items(var at, var items))) continue;
      var all = new ArrayList<Tree>();
      for (var item : items) {
        if (item instanceof Tree.Text path) {
          include(path, folder, beside, includes, problems)
              .map(file -> section(file, section, path, problems))
              .ifPresentOrElse(all::addAll, () -> all.add(path));
        } else {
          all.add(item);
        }
      }
      playbook = playbook.with(section, new Tree.Items(at, all));
    }
    return playbook;
  }

  private static List<Tree> section(Tree file, String section, Tree.Text path, Problems problems) {
    if (file instanceof Tree.Members members) {
      members
          .keys()
          .forEach((key, at) -> {
            if (!SHARED.contains(key)) {
              problems.add(
                  at, "a shared file holds questions, goals or rules: remove \"" + key + "\"");
            }
          });
    }
    var items = file.list(section);
    if (items.isEmpty()) {
      problems.add(
          path.at(), "\"" + path.value() + "\" holds no " + section + ": name another file");
    }
    return items;
  }

  private static Optional<Tree> include(
      Tree.Text path, String folder, String beside, Includes includes, Problems problems) {
    if (!INCLUDE.matcher(path.value()).matches()) {
      problems.add(
          path.at(),
          "\""
              + path.value()
              + "\" cannot be included: name a .yaml file beside this one or in a"
              + " folder below it");
      return Optional.empty();
    }
    var text = includes.read(beside + path.value());
    if (text.isEmpty() || tooLarge(text.get())) {
      problems.add(
          path.at(),
          "\""
              + path.value()
              + "\" cannot be read: put a file of at most 1 MiB there, or correct"
              + " the name");
      return Optional.empty();
    }
    return YamlReader.read(folder + beside + path.value(), text.get(), problems);
  }

  private static boolean tooLarge(String text) {
    return text.length() > SIZE_MAX_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > SIZE_MAX_BYTES;
  }

  private static Invalid broken(String file, String message) {
    return new Invalid(List.of(new Problem(file, 1, 1, message)));
  }
}
