package baton.runtime.pages.console;

import baton.handoff.Command;
import baton.handoff.port.Claims;
import baton.handoff.port.Controls;
import baton.handoff.port.Controls.Mode;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Body;
import baton.runtime.http.Outcomes;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an operator does by pressing something. Each click is answered in words: what holds now,
/// since when, and what cannot be called back.
public final class Acts {
  private static final int REASON_MAX_CHARS = 500;

  /// The field by which a page says that it puts the answer where the click was.
  private static final String PART = "part";

  private final Watch watch;

  Acts(Watch watch) {
    this.watch = watch;
  }

  /// What is said after a click.
  ///
  /// @param back where to go on
  public record Said(boolean isDone, String heading, List<Line> lines, String back) {
    public Said {
      lines = List.copyOf(lines);
    }
  }

  /// A sentence, which may name a moment: the browser tells it on the reader's clock.
  ///
  /// @param at null where it names none
  public record Line(String before, Instant at, String after) {
    static Line of(String words) {
      return new Line(words, null, "");
    }
  }

  @FunctionalInterface
  private interface Act {
    Said on(Asked asked, Body form) throws InterruptedException;
  }

  List<Route> routes() {
    return List.of(
        post("/conversations/{id}/take-over", this::takeOver),
        post("/conversations/{id}/hand-back", this::handBack),
        post("/conversations/{id}/close", this::close, "reason"),
        post("/conversations/{id}/say", this::say, "id", "text"),
        post("/approvals/{approval}", this::resolve, "verdict", "reason"),
        post("/effects/{n}", this::attest, "outcome", "reason"),
        post("/controls", this::control, "scope", "mode", "reason"),
        post("/availability", this::available, "available"));
  }

  private Route post(String path, Act act, String... fields) {
    var known = new ArrayList<>(List.of(fields));
    known.add(PART);
    return Route.page(
        "POST",
        path,
        Route.Access.OPERATOR,
        asked -> answer(asked, asked.form(known.toArray(String[]::new)), act));
  }

  private Answer answer(Asked asked, Body form, Act act) throws InterruptedException {
    boolean part = form.optionalLine(PART, 8).isPresent();
    Said said;
    try {
      said = act.on(asked, form);
    } catch (Problem refused) {
      if (!part) throw refused;
      said = new Said(false, "Nothing was changed", List.of(Line.of(sentence(refused))), "");
    }
    if (part) return watch.templates().part("console/said", Map.of("said", said));
    return watch
        .templates()
        .page(
            200,
            "console/answered",
            watch.frame(asked, said.heading()),
            Map.of("rail", watch.rail(asked, ""), "said", said));
  }

  private static String sentence(Problem refused) {
    String words = refused.getMessage();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private Said takeOver(Asked asked, Body form) throws InterruptedException {
    var known = watch.ground().desk().known(asked);
    watch.ground().desk().send(asked, known.id(), new Command.TakeOver(asked.operator()));
    var view = watch.ground().desk().viewNow(known.id(), watch.ground().desk().sight(asked));
    return new Said(
        true,
        "You have the conversation",
        List.of(
            new Line("Since ", now(), ", epoch " + view.epoch() + ". It starts with 0 permits."),
            inFlight(watch.ground().ports().claims().open(known.id()))),
        path(asked));
  }

  private Said handBack(Asked asked, Body form) throws InterruptedException {
    var known = watch.ground().desk().known(asked);
    watch.ground().desk().send(asked, known.id(), new Command.HandBack(asked.operator()));
    return new Said(
        true,
        "Handed back",
        List.of(new Line("Since ", now(), " it is on offer to its role.")),
        path(asked));
  }

  private Said close(Asked asked, Body form) throws InterruptedException {
    String reason = form.line("reason", 200);
    var known = watch.ground().desk().known(asked);
    watch.ground().desk().send(asked, known.id(), new Command.End(asked.operator(), reason));
    return new Said(
        true,
        "The conversation is closed",
        List.of(
            new Line("Since ", now(), "."),
            inFlight(watch.ground().ports().claims().open(known.id()))),
        path(asked));
  }

  private Said say(Asked asked, Body form) throws InterruptedException {
    watch.ground().buyers().take(asked, form);
    return new Said(
        true,
        "Taken",
        List.of(Line.of("It is said as soon as the gate has permitted it.")),
        path(asked));
  }

  private Said resolve(Asked asked, Body form) throws InterruptedException {
    boolean yes = form.oneOf("verdict", "approve", "reject").equals("approve");
    String reason = form.line("reason", REASON_MAX_CHARS);
    watch.ground().officers().resolve(asked, asked.path().get("approval"), yes, reason);
    return new Said(
        true,
        yes ? "Approved" : "Rejected",
        List.of(
            new Line("At ", now(), "."),
            Line.of(
                yes
                    ? "The action is decided again now, and carried out if everything else still"
                        + " allows it."
                    : "The agent is told, and may propose something else.")),
        "/approvals");
  }

  private Said attest(Asked asked, Body form) throws InterruptedException {
    boolean happened = form.oneOf("outcome", "confirmed", "failed").equals("confirmed");
    String reason = form.line("reason", REASON_MAX_CHARS);
    var ground = watch.ground();
    var effect = new Outcomes(ground.ports(), ground.desk()).attest(asked, happened, reason);
    return new Said(
        true,
        happened ? "It took place" : "It did not take place",
        List.of(new Line("You attested it at ", now(), ". The conversation goes on from there.")),
        "/conversations/" + effect.conversation());
  }

  private Said control(Asked asked, Body form) {
    String mode = form.oneOf("mode", "running", "paused");
    String reason = form.line("reason", REASON_MAX_CHARS);
    var change =
        watch
            .ground()
            .officers()
            .control(
                asked, form.line("scope", 80), Mode.valueOf(mode.toUpperCase(Locale.ROOT)), reason);
    var scope = change.row().scope();
    boolean one = scope.level() == Controls.Scope.Level.CONVERSATION;
    String what = one ? "The conversation" : Show.sentence(Show.scope(scope));
    boolean paused = mode.equals("paused");
    var since = change.row().at();
    return new Said(
        true,
        what + (paused ? " is paused" : " is running"),
        paused
            ? List.of(
                new Line("Since ", since, " no effect of that scope can begin, on any node."),
                inFlight(change.inFlight()))
            : List.of(
                new Line(
                    "Since ", since, ". What comes next is decided on the state of this moment.")),
        one ? "/conversations/" + scope.name() : "/controls");
  }

  private Said available(Asked asked, Body form) {
    boolean available = form.oneOf("available", "yes", "no").equals("yes");
    var until =
        watch
            .ground()
            .ports()
            .operators()
            .announced(
                asked.tenant(), asked.operator(), available, watch.ground().clock().instant())
            .until();
    return new Said(
        true,
        available ? "You are available" : "You are away",
        List.of(
            until
                .map(end -> new Line("Live transfers may be offered to you until ", end, "."))
                .orElse(Line.of("No live transfer is offered to you."))),
        "/");
  }

  private static Line inFlight(List<Claims.Claim> claims) {
    if (claims.isEmpty()) return Line.of("No effect is in flight.");
    return Line.of(
        Show.count(claims.size(), "effect")
            + " had begun and cannot be called back: "
            + String.join(
                ", ",
                claims.stream()
                    .map(claim ->
                        Show.plain(claim.kind()) + " by " + Show.holder(claim.role().name()))
                    .toList())
            + ".");
  }

  private Instant now() {
    return watch.ground().clock().instant();
  }

  private static String path(Asked asked) {
    return "/conversations/" + asked.conversation().id();
  }
}
