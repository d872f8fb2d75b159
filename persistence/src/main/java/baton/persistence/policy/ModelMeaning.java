package baton.persistence.policy;

import baton.handoff.policy.Template;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Models are for roles that there are, are told only what there is to tell, and are waited for as
/// long as anybody waits.
final class ModelMeaning {
  private static final String AGENT = "model";
  private static final String PLAYBOOK = "playbook";

  private final Tree document;
  private final Problems problems;
  private final List<Tree> models;

  private ModelMeaning(Tree document, Problems problems) {
    this.document = document;
    this.problems = problems;
    this.models = document.list("models").stream().filter(Tree.Members.class::isInstance).toList();
  }

  static void check(Tree document, Problems problems) {
    var meaning = new ModelMeaning(document, problems);
    meaning.roles();
    meaning.models.forEach(meaning::model);
  }

  private void roles() {
    var first = new HashMap<String, Place>();
    for (var model : models) {
      var role = model.text("role");
      var before = first.putIfAbsent(role, model.at("role"));
      if (before != null) {
        problems.add(
            model.at("role"),
            "the role \""
                + role
                + "\" has two models (the other is in "
                + before.file()
                + "): leave one out");
      }
    }
    // Where one could not be read, its error is told already.
    if (models.size() < document.list("models").size()) return;
    for (var mandate : document.list("mandates")) {
      var role = mandate.text("role");
      if (mandate.text("agent").equals(AGENT) && !first.containsKey(role)) {
        problems.add(
            mandate.at("agent"),
            "the role \"" + role + "\" has no model: add one to models, or name another agent");
      }
    }
  }

  private void model(Tree model) {
    var role = model.text("role");
    boolean known = RoleMeaning.roles(document).contains(role);
    if (!role.isEmpty() && !known) {
      problems.add(
          model.at("role"),
          "the role \"" + role + "\" has no mandate: add one, or leave this model out");
    }
    agent(role)
        .filter(PLAYBOOK::equals)
        .ifPresent(_ ->
            problems.add(
                model.at("role"),
                "the agent of the role \""
                    + role
                    + "\" is its playbook, so this model is never asked: write agent: model in its"
                    + " mandate, or leave this model out"));
    Template.of(model.text("prompt"))
        .problem()
        .ifPresent(problem -> problems.add(model.at("prompt"), problem));
    model.get("limits").ifPresent(this::limits);
    model
        .get("streaming")
        .ifPresent(streaming ->
            within(
                streaming.at("firstWordWithin"),
                streaming.text("firstWordWithin"),
                model.get("limits").map(limits -> limits.text("answerWithin")).orElse(""),
                "limits.answerWithin",
                "PT3S"));
    if (known && model.text("onFailure").equals("playbook") && !hasPlaybook(role)) {
      problems.add(
          model.at("onFailure"),
          "the role \"" + role + "\" has no playbook: add one, or write human or end");
    }
  }

  private Optional<String> agent(String role) {
    return document.list("mandates").stream()
        .filter(mandate -> mandate.text("role").equals(role))
        .map(mandate -> mandate.text("agent"))
        .findFirst();
  }

  private boolean hasPlaybook(String role) {
    return document.list("playbooks").stream()
        .anyMatch(playbook -> playbook.text("role").equals(role));
  }

  private void limits(Tree limits) {
    var think = document.get("timing").map(timing -> timing.text("think")).orElse("");
    within(limits.at("answerWithin"), limits.text("answerWithin"), think, "timing.think", "PT15S");
  }

  private void within(Place place, String given, String most, String mostIs, String example) {
    try {
      var within = Duration.parse(given);
      if (!within.isPositive()) {
        problems.add(place, "no time at all: write how long, as " + example);
      } else if (within.compareTo(Duration.parse(most)) > 0) {
        problems.add(
            place,
            "longer than " + mostIs + ", " + most + ": nobody waits for the answer any more");
      }
    } catch (DateTimeException unreadable) {
      // The schema has told it.
    }
  }
}
