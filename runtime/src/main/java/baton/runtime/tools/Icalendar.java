package baton.runtime.tools;

import baton.runtime.mail.Address;
import baton.runtime.mail.Attachment;
import baton.runtime.tools.Appointments.Kept;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.CuType;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/// A booking as mail programs read it: RFC 5545 by the rules of RFC 5546. Times are in UTC, so that
/// no program needs to know our time zones.
///
/// @param organizer whose appointment it is, as far as mail goes
/// @param attendee the buyer
/// @param description what stands under it in a calendar
/// @param at when this was made
record Icalendar(
    Kept booking,
    Address organizer,
    Address attendee,
    String summary,
    String description,
    Instant at) {
  /// How often the booking was changed: what a program has is replaced by what has a higher one.
  int sequence() {
    return booking.version() - 1;
  }

  String method() {
    return switch (booking.state()) {
      case LIVE -> "REQUEST";
      case CANCELLED -> "CANCEL";
    };
  }

  Attachment attachment() {
    return Attachment.of("invitation.ics", "text/calendar; method=" + method(), text());
  }

  String text() {
    var calendar = new Calendar(new ComponentList<>(List.of(event())));
    calendar.add(new ProdId("-//Baton//Calendar//EN"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(
        switch (booking.state()) {
          case LIVE -> ImmutableMethod.REQUEST;
          case CANCELLED -> ImmutableMethod.CANCEL;
        });
    var text = new StringWriter();
    try {
      new CalendarOutputter().output(calendar, text);
    } catch (IOException impossible) {
      throw new IllegalStateException("a text could not be written", impossible);
    }
    return text.toString();
  }

  private VEvent event() {
    var slot = booking.booking().slot();
    var event = new VEvent(false);
    event.add(new Uid(booking.booking().id() + "@" + organizer.domain()));
    event.add(new DtStamp(at.truncatedTo(ChronoUnit.SECONDS)));
    event.add(new DtStart<>(slot.start()));
    event.add(new DtEnd<>(slot.end()));
    event.add(new Sequence(sequence()));
    event.add(new Summary(summary));
    event.add(new Description(description));
    event.add(
        switch (booking.state()) {
          case LIVE -> ImmutableStatus.VEVENT_CONFIRMED;
          case CANCELLED -> ImmutableStatus.VEVENT_CANCELLED;
        });
    Property organized = new Organizer(mailto(organizer));
    if (!organizer.name().isEmpty()) organized.add(new Cn(organizer.name()));
    event.add(organized);
    Property attending = new Attendee(mailto(attendee));
    attending.add(CuType.INDIVIDUAL);
    attending.add(PartStat.NEEDS_ACTION);
    attending.add(Rsvp.FALSE);
    event.add(attending);
    return event;
  }

  private static URI mailto(Address address) {
    try {
      return new URI("mailto", address.plain(), null);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("an address is no address", impossible);
    }
  }
}
