package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.action.Action;
import baton.handoff.action.Action.UseTool;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.mail.Address;
import baton.runtime.mail.Letter;
import baton.runtime.tools.Appointments.Kept;
import baton.runtime.tools.Post.Draft;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Sends a buyer the appointment as an invitation for his own calendar: what was booked, moved or
/// cancelled, as it stands when the letter is made.
public final class Invitations implements Tool {
  static final String KIND = "tool:invitation";

  private static final Map<String, Capability> CAN =
      Map.of(
          KIND,
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"properties":{}}\
              """));

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ENGLISH);

  private final Ledger<Appointments> appointments;
  private final Post post;
  private final Address from;
  private final BiFunction<String, Sealed, Optional<String>> open;

  /// @param from whose letter and appointment it is
  /// @param open the clear text of a tenant's sealed one, or empty where its key is destroyed
  public Invitations(
      Effects effects, Post post, Address from, BiFunction<String, Sealed, Optional<String>> open) {
    this(effects.on(PgAppointments::new), post, from, open);
  }

  public Invitations(
      Ledger<Appointments> appointments,
      Post post,
      Address from,
      BiFunction<String, Sealed, Optional<String>> open) {
    this.appointments = appointments;
    this.post = post;
    this.from = from;
    this.open = open;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// It goes to the fact `email` and is about the fact `booking`. Facts: `invitation`, `request` or
  /// `cancel`, and `invitation.sequence`, how often the booking had been changed by then. Reasons:
  /// `no-booking`, `no-email`, `bad-address`, `booking-past`, `bad-arguments`, and those of
  /// [baton.runtime.mail.Sent].
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case UseTool(var name, var arguments) when name.equals("invitation") ->
          post.send(
              effect,
              key ->
                  arguments.isEmpty() ? draft(effect, key) : new Draft.Impossible("bad-arguments"));
      case Action other -> throw new IllegalArgumentException("no invitation is " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return post.lookUp(effect);
  }

  private Draft draft(Effect effect, String key) {
    var booking = booking(effect);
    if (booking.isEmpty()) return new Draft.Impossible("no-booking");
    boolean live = booking.get().state() == Kept.State.LIVE;
    if (live && booking.get().booking().past(effect.at())) {
      return new Draft.Impossible("booking-past");
    }
    var email = email(effect);
    if (email.isEmpty()) return new Draft.Impossible("no-email");
    return Address.parsed(email.get())
        .<Draft>map(to -> ready(effect, key, booking.get(), to))
        .orElse(new Draft.Impossible("bad-address"));
  }

  private Draft ready(Effect effect, String key, Kept booking, Address to) {
    String seller = capital(booking.booking().slot().seller());
    var words = new Words(booking, seller, from);
    var file =
        new Icalendar(
            booking, from, to, "Appointment with " + seller, words.description(), effect.at());
    return new Draft.Ready(
        new Letter(key, to.plain(), words.subject(), words.text(), Optional.of(file.attachment())),
        Map.of(
            "invitation", Value.of(file.method().toLowerCase(Locale.ROOT)),
            "invitation.sequence", Value.of(file.sequence())));
  }

  private Optional<Kept> booking(Effect effect) {
    return Optional.ofNullable(effect.facts().get("booking"))
        .filter(fact -> fact.source() == Fact.Source.TOOL)
        .flatMap(fact ->
            appointments.direct(book -> book.kept(effect.conversation(), fact.value().shown())));
  }

  private Optional<String> email(Effect effect) {
    return Optional.ofNullable(effect.facts().get("email"))
        .map(Fact::value)
        .flatMap(value ->
            value instanceof Value.Secret(var sealed)
                ? open.apply(effect.conversation().tenant(), sealed)
                : Optional.empty());
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /// What a person reads.
  private record Words(Kept booking, String seller, Address from) {
    String subject() {
      String what =
          switch (booking.state()) {
            case CANCELLED -> "Cancelled: your appointment on ";
            case LIVE -> moved() ? "Moved: your appointment is now on " : "Your appointment on ";
          };
      return what + day() + " at " + time();
    }

    String description() {
      return switch (booking.state()) {
        case CANCELLED -> "This appointment is cancelled.";
        case LIVE ->
            "If the time no longer suits you, say so in our chat, and we move it or cancel it.";
      };
    }

    String text() {
      String begins =
          switch (booking.state()) {
            case CANCELLED -> "your appointment with %s is cancelled. It was:";
            case LIVE ->
                moved()
                    ? "your appointment with %s has been moved. It is now:"
                    : "your appointment with %s is booked:";
          };
      String ends =
          switch (booking.state()) {
            case CANCELLED ->
                "The file that comes with this letter takes it out of your calendar. If you would\n"
                    + "like another time, just say so in our chat.";
            case LIVE ->
                "The file that comes with this letter puts it into your calendar. If the time no\n"
                    + "longer suits you, just say so in our chat, and we move it or cancel it.";
          };
      return "Hello,\n\n"
          + begins.formatted(seller)
          + ("\n\n    " + day() + "\n    " + time() + " to " + until() + ", " + clock())
          + ("\n\n" + ends + "\n\n")
          + (from.name().isEmpty() ? "" : from.name() + "\n");
    }

    private ZoneId zone() {
      return booking.booking().zone();
    }

    private boolean moved() {
      return booking.version() > 1;
    }

    private String day() {
      return DAY.format(booking.booking().slot().start().atZone(zone()));
    }

    private String time() {
      return TIME.format(booking.booking().slot().start().atZone(zone()));
    }

    private String until() {
      return TIME.format(booking.booking().slot().end().atZone(zone()));
    }

    /// Whose clock shows it, with what it is ahead of UTC by: a name alone is not enough where the
    /// clock is changed.
    private String clock() {
      var offset = zone().getRules().getOffset(booking.booking().slot().start()).getId();
      String name = zone().getId().replace('_', ' ');
      return name.equals("UTC") ? "UTC" : name + " (UTC" + offset.replace("Z", "") + ")";
    }
  }
}
