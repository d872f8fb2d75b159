package baton.runtime.pages.chat;

import baton.handoff.fact.Signal;
import baton.runtime.http.Asked;
import baton.runtime.http.Desk;
import baton.runtime.http.Problem;
import baton.runtime.http.Site;
import baton.runtime.pages.chat.Talk.Campaign;
import baton.runtime.pages.chat.Talk.Draft;
import baton.runtime.pages.chat.Talk.Earlier;
import baton.runtime.pages.chat.Talk.Standing;
import baton.runtime.view.ConversationView;
import baton.runtime.view.EventView;
import baton.runtime.view.Moment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Reads what the buyer's pages show. All of it is seen with the buyer's eyes.
final class Reading {
  private final Site.Ground ground;

  Reading(Site.Ground ground) {
    this.ground = ground;
  }

  /// The campaigns that anybody may talk to.
  List<Campaign> campaigns(String tenant) {
    return ground.ports().policies().active(tenant).stream()
        .map(active -> ground.ports().policies().active(tenant, active.campaign()))
        .flatMap(Optional::stream)
        .map(document -> document.policy())
        .filter(policy -> policy.inbound() && policy.channels().contains(Chat.CHANNEL))
        .map(policy -> new Campaign(policy.campaign(), policy.title()))
        .toList();
  }

  /// The newest conversation of this browser that is not over.
  Optional<Earlier> earlier(Asked asked) {
    return ground.sessions().chats(asked.tenant(), asked.cookies()).reversed().stream()
        .map(ground.desk()::find)
        .flatMap(Optional::stream)
        .map(known -> ground.desk().view(known, ground.desk().sight(asked)))
        .filter(view -> !view.status().equals("closed"))
        .findFirst()
        .map(view -> new Earlier(view.id(), lastWords(view)));
  }

  Talk talk(Asked asked, long after, String notice, Draft draft) {
    var known = ground.desk().known(asked);
    var sight = ground.desk().sight(asked);
    var view = ground.desk().view(known, sight);
    var moment = Moment.of(known.id(), known.entries());
    var events = EventView.of(known.entries(), 0, sight);
    var zone = zone(asked.tenant(), known);
    var lines = Telling.of(events, zone);
    var now = Choices.of(moment, view, zone, LocalDate.ofInstant(ground.clock().instant(), zone));
    return new Talk(
        view.id(),
        standing(view, moment),
        view.holder() == null ? "" : Telling.speaker(view.holder()),
        lines.stream().filter(line -> line.seq() > after).toList(),
        now.behind(lines),
        events.isEmpty() ? 0 : events.getLast().seq(),
        notice,
        draft);
  }

  /// What is said to people where something is not taken.
  static String calmly(Problem problem) {
    return switch (problem.status) {
      case 429 -> "That was a little fast. Your words are kept here: send them again in a moment.";
      case 503 -> "We cannot take this right now. Your words are kept here: send them again.";
      case 409 -> "This was not sent: the page was out of date, or the conversation has ended.";
      case 413 -> "This is too long for one message. Shorten it or send it in parts.";
      case 422 -> "This could not be sent. Write a few words first.";
      default -> "This was not sent. Your words are kept here: send them again.";
    };
  }

  static boolean isZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name);
  }

  private static Standing standing(ConversationView view, Moment moment) {
    if (moment.optedOut()) return Standing.STOPPED;
    return switch (moment.presence()) {
      case NOT_YET -> Standing.NOT_BEGUN;
      case GONE -> Standing.AWAY;
      case HERE ->
          switch (view.status()) {
            case "with-human" -> Standing.WITH_PERSON;
            case "passing" -> Standing.PASSING;
            case "paused" -> Standing.PAUSED;
            case "closed" -> Standing.CLOSED;
            default -> Standing.WITH_ASSISTANT;
          };
    };
  }

  private static String lastWords(ConversationView view) {
    return view.transcript().reversed().stream()
        .map(line -> line.text())
        .filter(Objects::nonNull)
        .findFirst()
        .map(text -> text.length() <= 80 ? text : text.substring(0, 79) + "…")
        .orElse("");
  }

  /// What the buyer said, else what the browser said when it was opened, else the seller's.
  private ZoneId zone(String tenant, Desk.Known known) {
    return known
        .fact(Signal.TIME_ZONE)
        .map(fact -> fact.value().shown())
        .filter(Reading::isZone)
        .or(() -> Optional.of(known.opened().buyer().zone()).filter(Reading::isZone))
        .map(ZoneId::of)
        .or(() ->
            ground
                .ports()
                .policies()
                .active(tenant, known.opened().campaign())
                .map(document -> document.policy().zone()))
        .orElse(ZoneId.of("UTC"));
  }
}
