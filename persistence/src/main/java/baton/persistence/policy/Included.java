package baton.persistence.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Puts the content of included files where their names stand, so that it is under the document's
/// hash.
///
/// @param file the document that includes them
record Included(String file, Includes includes, Problems problems) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,7}\\.yaml");

  /// What playbooks may share.
  private static final List<String> SHARED = List.of("questions", "goals", "rules");

  Tree policy(Tree tree) {
    if (!(tree instanceof Tree.Members document)) return tree;
    if (document.values().get("lexicon") instanceof Tree.Text lexicon) {
      var content = include(lexicon, "");
      if (content.isPresent()) document = document.with("lexicon", content.get());
    }
    document = each(document, "playbooks", this::playbook);
    document = each(document, "models", this::model);
    return each(document, "scenarios", this::scenario);
  }

  private interface Resolve {
    Tree apply(Tree value);
  }

  private static Tree.Members each(Tree.Members document, String name, Resolve resolve) {
    if (!(document.values().get(name) instanceof Tree.Items(var at, var values))) return document;
    return document.with(name, new Tree.Items(at, values.stream().map(resolve::apply).toList()));
  }

  private Tree playbook(Tree value) {
    if (!(value instanceof Tree.Text path)) return shared(value, "");
    return include(path, "").map(playbook -> shared(playbook, folder(path.value()))).orElse(path);
  }

  private Tree model(Tree value) {
    return value instanceof Tree.Text path ? include(path, "").orElse(path) : value;
  }

  /// Puts what playbooks share where its file is named among the questions, goals or rules.
  ///
  /// @param beside the folder of the playbook's own file, within the document's
  private Tree shared(Tree value, String beside) {
    if (!(value instanceof Tree.Members playbook)) return value;
    for (var section : SHARED) {
      if (!(playbook.values().get(section) instanceof Tree.Items(var at, var items))) continue;
      var all = new ArrayList<Tree>();
      for (var item : items) {
        if (item instanceof Tree.Text path) {
          include(path, beside)
              .map(content -> section(content, section, path))
              .ifPresentOrElse(all::addAll, () -> all.add(path));
        } else {
          all.add(item);
        }
      }
      playbook = playbook.with(section, new Tree.Items(at, all));
    }
    return playbook;
  }

  private List<Tree> section(Tree content, String section, Tree.Text path) {
    if (content instanceof Tree.Members members) {
      members
          .keys()
          .forEach((key, at) -> {
            if (!SHARED.contains(key)) {
              problems.add(
                  at, "a shared file holds questions, goals or rules: remove \"" + key + "\"");
            }
          });
    }
    var items = content.list(section);
    if (items.isEmpty()) {
      problems.add(
          path.at(), "\"" + path.value() + "\" holds no " + section + ": name another file");
    }
    return items;
  }

  private Tree scenario(Tree value) {
    if (!(value instanceof Tree.Text path)) return buyers(value, "", List.of());
    return include(path, "")
        .map(scenario -> buyers(scenario, folder(path.value()), List.of(path.value())))
        .orElse(path);
  }

  /// Puts the buyers that a scenario includes in place; a name without `.yaml` is one of those that
  /// come with the simulator, and stays.
  ///
  /// @param beside the folder of the scenario's own file, within the document's
  /// @param way the files that led here, the first first
  Tree buyers(Tree value, String beside, List<String> way) {
    if (!(value instanceof Tree.Members scenario)) return value;
    return each(
        scenario,
        "include",
        item ->
            item instanceof Tree.Text path && path.value().endsWith(".yaml")
                ? buyers(path, beside, way)
                : item);
  }

  private Tree buyers(Tree.Text path, String beside, List<String> way) {
    var name = beside + path.value();
    if (way.contains(name)) {
      var circle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
      circle.add(name);
      problems.add(
          path.at(),
          "\""
              + name
              + "\" includes itself ("
              + String.join(" → ", circle)
              + "): take one of these includes out");
      return path;
    }
    var longer = new ArrayList<>(way);
    longer.add(name);
    return include(path, beside).map(file -> buyers(file, folder(name), longer)).orElse(path);
  }

  private Optional<Tree> include(Tree.Text path, String beside) {
    if (!NAME.matcher(path.value()).matches()) {
      problems.add(
          path.at(),
          "\""
              + path.value()
              + "\" cannot be included: name a .yaml file beside this one or in a"
              + " folder below it");
      return Optional.empty();
    }
    var text = includes.read(beside + path.value());
    if (text.isEmpty() || PolicyCompiler.tooLarge(text.get())) {
      problems.add(
          path.at(),
          "\""
              + path.value()
              + "\" cannot be read: put a file of at most 1 MiB there, or correct"
              + " the name");
      return Optional.empty();
    }
    return YamlReader.read(folder(file) + beside + path.value(), text.get(), problems);
  }

  /// With the last `/`, or empty.
  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
