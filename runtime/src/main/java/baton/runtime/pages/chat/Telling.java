package baton.runtime.pages.chat;

import baton.handoff.Role;
import baton.runtime.pages.chat.Talk.Line;
import baton.runtime.view.EventView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes a transcript of a buyer's events. It reads nothing that a buyer does not get.
final class Telling {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);

  private final ZoneId zone;
  private final List<Line> lines = new ArrayList<>();
  private String announced = "";
  private boolean ended;
  private boolean away;

  private Telling(ZoneId zone) {
    this.zone = zone;
  }

  /// @param events from the first on
  /// @param zone of the clock that times are told on
  static List<Line> of(List<EventView> events, ZoneId zone) {
    var telling = new Telling(zone);
    events.forEach(telling::tell);
    return telling.lines;
  }

  /// What a role is called where buyers see it.
  static String speaker(String role) {
    if (role.equals(Role.HUMAN.name())) return "A person";
    return role.isEmpty() ? "" : role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
  }

  private void tell(EventView event) {
    switch (event.type()) {
      case "heard" ->
          lines.add(
              new Line.Mine(
                  event.seq(),
                  text(event, "message"),
                  text(event, "text"),
                  CLOCK.format(event.at().atZone(zone))));
      case "settled" -> said(event);
      case "granted" -> granted(event.seq(), text(event, "role"));
      case "consent-changed" -> consent(event);
      case "opted-out" -> note(event.seq(), "You asked us to stop. Nobody will contact you again.");
      case "contact-ended" -> left(event);
      case "contact-began" -> {
        if (away) note(event.seq(), "You came back.");
        away = false;
      }
      case "closed" -> {
        if (!ended) note(event.seq(), "This conversation has ended.");
        ended = true;
      }
      default -> {}
    }
  }

  /// A person is announced when he comes; a machine with its first words, which disclose what it
  /// is.
  private void granted(long seq, String role) {
    if (role.equals(Role.HUMAN.name())) {
      lines.add(new Line.Change(seq, speaker(role), "You are talking to a person now."));
      announced = role;
    } else {
      announced = "";
    }
  }

  private void said(EventView event) {
    String by = text(event, "by");
    String kind = text(event, "kind");
    boolean discloses = kind.equals("disclose");
    if (!by.equals(Role.ENGINE.name()) && !announced.equals(by)) {
      lines.add(new Line.Change(event.seq(), speaker(by), discloses ? text(event, "text") : ""));
      announced = by;
      if (discloses) return;
    }
    String speaker = by.equals(Role.ENGINE.name()) ? "Baton" : speaker(by);
    lines.add(new Line.Theirs(event.seq(), speaker, kind, text(event, "text")));
  }

  /// The contact that ends with the conversation says nothing of its own.
  private void left(EventView event) {
    switch (text(event, "how")) {
      case "hung-up" -> note(event.seq(), "You left. Write to go on.");
      case "voicemail" -> note(event.seq(), "We reached a machine and not you. Write to go on.");
      default -> {
        return;
      }
    }
    away = true;
  }

  private void consent(EventView event) {
    boolean contact = text(event, "purpose").equals("contact");
    String what = contact ? "" : " (" + text(event, "purpose").replace('-', ' ') + ")";
    switch (text(event, "state")) {
      case "granted" ->
          note(event.seq(), "You said yes" + what + ". You can take it back at any time.");
      case "refused" -> note(event.seq(), "You said no" + what + ".");
      case "withdrawn" -> note(event.seq(), "You took your yes back" + what + ".");
      default -> {}
    }
  }

  private void note(long seq, String text) {
    lines.add(new Line.Note(seq, text));
  }

  private static String text(EventView event, String name) {
    return event.data().get(name) instanceof String text ? text : "(no longer kept)";
  }
}
