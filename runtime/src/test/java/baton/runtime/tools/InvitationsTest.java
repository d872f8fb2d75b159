package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.Reschedule;
import baton.handoff.action.Action.UseTool;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import baton.runtime.mail.Address;
import baton.runtime.mail.Letter;
import baton.runtime.mail.Mail;
import baton.runtime.mail.Sent;
import biweekly.Biweekly;
import biweekly.property.Method;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.validate.ValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class InvitationsTest {
  private static final Action INVITE = new UseTool("invitation", Map.of());
  private static final Instant NINE = Instant.parse("2027-06-07T13:00:00Z");
  private static final Instant TEN = Instant.parse("2027-06-07T14:00:00Z");

  private final Bench bench;
  private final List<Letter> letters = new ArrayList<>();
  private Sent answer = new Sent.Accepted();

  InvitationsTest(Storage storage) {
    this.bench = storage.seeded();
  }

  @Test
  void aBookingIsSentAsARequestThatACalendarReads() throws Exception {
    var booking = book();
    var facts = Bench.facts(invitations().call(effect("i1", booking, "zoe+x@kunde.example")));
    assertEquals(
        Map.of("invitation", Value.of("request"), "invitation.sequence", Value.of(0)), facts);
    var letter = letters.getFirst();
    assertEquals("zoe+x@kunde.example", letter.to());
    assertEquals("Your appointment on Monday, 7 June 2027 at 15:00", letter.subject());
    assertEquals(
        """
        Hello,

        your appointment with Avery is booked:

            Monday, 7 June 2027
            15:00 to 15:30, Europe/Berlin (UTC+02:00)

        The file that comes with this letter puts it into your calendar. If the time no
        longer suits you, just say so in our chat, and we move it or cancel it.

        Zoë's sales
        """,
        letter.text());
    read(letter, "REQUEST", booking, NINE, 0, "CONFIRMED");
  }

  @Test
  void aMovedBookingReplacesWhatWasSentAndACancelledOneTakesItAway() throws Exception {
    var booking = book();
    invitations().call(effect("i1", booking, "zoe@kunde.example"));
    var move = new Reschedule(booking, "jordan@" + TEN, TEN, "UTC");
    bench.confirmed(bench.calendar, "move", move);
    var moved = Bench.facts(invitations().call(effect("i2", booking, "zoe@kunde.example")));
    assertEquals(Value.of(1), moved.get("invitation.sequence"));
    assertTrue(letters.get(1).subject().startsWith("Moved: your appointment is now on Monday"));
    assertTrue(letters.get(1).text().contains("with Jordan has been moved. It is now:"));
    assertTrue(letters.get(1).text().contains("    14:00 to 14:30, UTC\n"));
    read(letters.get(1), "REQUEST", booking, TEN, 1, "CONFIRMED");
    bench.confirmed(bench.calendar, "cancel", new Cancel(booking));
    var cancelled = Bench.facts(invitations().call(effect("i3", booking, "zoe@kunde.example")));
    assertEquals(Value.of("cancel"), cancelled.get("invitation"));
    assertTrue(letters.get(2).subject().startsWith("Cancelled: your appointment on Monday"));
    assertTrue(letters.get(2).text().contains("takes it out of your calendar"));
    read(letters.get(2), "CANCEL", booking, TEN, 2, "CANCELLED");
    assertEquals(3, letters.stream().map(Letter::key).distinct().count());
  }

  @Test
  void withoutABookingOrAnAddressNothingIsSent() {
    var booking = book();
    assertEquals(
        new Failed("no-booking"), invitations().call(effect("k1", "b-none", "a@b.example")));
    assertEquals(new Failed("no-booking"), call("k2", Map.of("email", email("a@b.example"))));
    var claimed = Map.of("booking", Bench.fact(Value.of(booking), Fact.Source.AGENT, 1));
    assertEquals(new Failed("no-booking"), call("k3", claimed), "an agent's own words");
    assertEquals(new Failed("no-email"), call("k4", Map.of("booking", booked(booking))));
    assertEquals(
        new Failed("no-email"),
        invitations().call(effect("k5", booking, "erased")),
        "key destroyed");
    for (var bad :
        List.of("nobody", "a@b", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example")) {
      assertEquals(
          new Failed("bad-address"), invitations().call(effect("k-" + bad.length(), booking, bad)));
    }
    var elsewhere = effect("c2", "k6", INVITE, facts(booking, "a@b.example"), Bench.MONDAY);
    assertEquals(new Failed("no-booking"), invitations().call(elsewhere));
    var late = effect("c1", "k7", INVITE, facts(booking, "a@b.example"), NINE);
    assertEquals(new Failed("booking-past"), invitations().call(late));
    var more = new UseTool("invitation", Map.of("to", Value.of("x")));
    var arguments = effect("c1", "k8", more, facts(booking, "a@b.example"), Bench.MONDAY);
    assertEquals(new Failed("bad-arguments"), invitations().call(arguments));
    assertEquals(List.of(), letters);
  }

  @Test
  void aSecondCallAnswersAsTheFirstAndSendsNothing() {
    var effect = effect("i1", book(), "zoe@kunde.example");
    var first = invitations().call(effect);
    assertEquals(first, invitations().call(effect));
    assertEquals(first, invitations().lookUp(effect));
    answer = new Sent.Refused("smtp-550");
    var refused =
        effect(
            "i2",
            Bench.text(Bench.facts(bench.calendar.lookUp(booking())), "booking"),
            "zoe@kunde.example");
    assertEquals(new Failed("smtp-550"), invitations().call(refused));
    answer = new Sent.Accepted();
    assertEquals(new Failed("smtp-550"), invitations().call(refused));
    assertEquals(new Failed("smtp-550"), invitations().lookUp(refused));
    assertEquals(2, letters.size());
  }

  @Test
  void aLetterOfWhichNobodyKnowsIsNeverSentAgain() {
    answer = new Sent.Unknown("mail-no-answer");
    var effect = effect("i1", book(), "zoe@kunde.example");
    assertEquals(new Unknown("mail-no-answer"), invitations().call(effect));
    answer = new Sent.Accepted();
    var later = effect("c1", "i1", INVITE, effect.facts(), effect.at().plusSeconds(60));
    for (var again : List.of(effect, later)) {
      assertEquals(new Unknown("letter-sending"), invitations().lookUp(again));
      assertEquals(new Unknown("letter-sending"), invitations().call(again));
    }
    assertEquals(1, letters.size());
    bench
        .letters()
        .direct(rows -> {
          rows.settle(effect, new Letters.State.Refused("letter-lost"));
          return true;
        });
    assertEquals(new Failed("letter-lost"), invitations().lookUp(effect), "a person's word");
  }

  @Test
  void aProcessThatEndsWhileItSendsLeavesALetterThatNobodySendsAgain() {
    var effect = effect("i1", book(), "zoe@kunde.example");
    var ended = new Error("killed");
    Mail deadly =
        letter -> {
          letters.add(letter);
          throw ended;
        };
    try {
      invitations(deadly).call(effect);
    } catch (Error killed) {
      assertEquals(ended, killed);
    }
    assertEquals(1, letters.size());
    assertEquals(new Unknown("letter-sending"), invitations().lookUp(effect));
    assertEquals(new Unknown("letter-sending"), invitations().call(effect));
    assertEquals(1, letters.size());
  }

  @Test
  void whatWasLookedUpBeforeItWasSentIsNeverSentUnlessItIsClaimedAgain() {
    var effect = effect("i1", book(), "zoe@kunde.example");
    assertEquals(new Failed("never-done"), invitations().lookUp(effect));
    assertEquals(new Failed("never-done"), invitations().call(effect), "late");
    assertEquals(List.of(), letters);
    var later = effect("c1", "i1", INVITE, effect.facts(), effect.at().plusSeconds(1));
    var sent = Bench.facts(invitations().call(later));
    assertEquals(Value.of("request"), sent.get("invitation"));
    assertEquals(1, letters.size());
    var other = effect("c1", "i1", new Action.Quote("team", 1), effect.facts(), later.at());
    assertEquals(new Failed("key-reused"), invitations().lookUp(other));
  }

  @Test
  void callsRacedAgainstLookUpsSendOneLetterAtMost() {
    var booking = book();
    for (int round = 0; round < 10; round++) {
      var effect = effect("race" + round, booking, "zoe@kunde.example");
      var before = letters.size();
      Callable<Outcome> call = () -> invitations(this::slowly).call(effect);
      Callable<Outcome> lookUp = () -> invitations().lookUp(effect);
      Bench.race(List.of(call, lookUp, call, lookUp));
      assertTrue(letters.size() - before <= 1);
      var known = invitations().lookUp(effect);
      boolean sent = letters.size() > before;
      assertEquals(sent ? Outcome.Confirmed.class : Failed.class, known.getClass());
    }
  }

  private synchronized Sent slowly(Letter letter) {
    letters.add(letter);
    return new Sent.Accepted();
  }

  /// Read back field by field, by the library that wrote it and by another.
  private void read(
      Letter letter, String method, String booking, Instant start, int sequence, String status)
      throws Exception {
    var file = letter.attachment().orElseThrow();
    assertEquals("text/calendar; method=" + method, file.type());
    var text = new String(file.content(), StandardCharsets.UTF_8);
    var calendar = new CalendarBuilder().build(new StringReader(text));
    ValidationResult validated = calendar.validate();
    assertEquals(List.of(), List.copyOf(validated.getEntries()));
    VEvent event = (VEvent) calendar.getComponents().getFirst();
    assertEquals(List.of(), List.copyOf(event.validate().getEntries()));
    var fields = new HashMap<String, String>();
    calendar.getPropertyList().getAll().forEach(p -> fields.put(p.getName(), p.getValue()));
    event.getPropertyList().getAll().forEach(p -> fields.put(p.getName(), p.getValue()));
    assertEquals(method, fields.get("METHOD"));
    assertEquals("2.0", fields.get("VERSION"));
    assertEquals(booking + "@sales.example", fields.get("UID"));
    assertEquals(Integer.toString(sequence), fields.get("SEQUENCE"));
    assertEquals(status, fields.get("STATUS"));
    assertEquals(stamp(start), fields.get("DTSTART"));
    assertEquals(stamp(start.plusSeconds(1800)), fields.get("DTEND"));
    assertEquals(stamp(Bench.MONDAY), fields.get("DTSTAMP"));
    assertEquals("mailto:sales@sales.example", fields.get("ORGANIZER"));
    assertEquals("mailto:" + letter.to(), fields.get("ATTENDEE"));
    assertTrue(fields.get("SUMMARY").startsWith("Appointment with "));
    assertEquals(
        method.equals("CANCEL")
            ? "This appointment is cancelled."
            : "If the time no longer suits you, say so in our chat, and we move it or cancel it.",
        fields.get("DESCRIPTION"));

    var other = Biweekly.parse(text).first();
    assertTrue(other.validate(biweekly.ICalVersion.V2_0).isEmpty(), text);
    assertEquals(new Method(method).getValue(), other.getMethod().getValue());
    var read = other.getEvents().getFirst();
    assertEquals(booking + "@sales.example", read.getUid().getValue());
    assertEquals(sequence, read.getSequence().getValue());
    assertEquals(Date.from(start), new Date(read.getDateStart().getValue().getTime()));
    assertEquals(
        Date.from(start.plusSeconds(1800)), new Date(read.getDateEnd().getValue().getTime()));
    assertEquals(letter.to(), read.getAttendees().getFirst().getEmail());
    assertEquals("Zoë's sales", read.getOrganizer().getCommonName());
    assertEquals("sales@sales.example", read.getOrganizer().getEmail());
  }

  private static String stamp(Instant at) {
    return at.toString().replace("-", "").replace(":", "");
  }

  private Invitations invitations() {
    return invitations(letter -> {
      letters.add(letter);
      return answer;
    });
  }

  private Invitations invitations(Mail mail) {
    return new Invitations(
        bench.appointments(),
        new Post(bench.letters(), mail),
        new Address("Zoë's sales", "sales", "sales.example"),
        (_, sealed) ->
            sealed.ciphertext().equals("erased")
                ? Optional.empty()
                : Optional.of(sealed.ciphertext()));
  }

  private String book() {
    return Bench.text(Bench.facts(bench.calendar.call(booking())), "booking");
  }

  private Effect booking() {
    return bench.effect("book", new Book("avery@" + NINE, NINE, "Europe/Berlin"));
  }

  private Outcome call(String key, Map<String, Fact> facts) {
    return invitations().call(effect("c1", key, INVITE, facts, Bench.MONDAY));
  }

  private Effect effect(String key, String booking, String email) {
    return effect("c1", key, INVITE, facts(booking, email), Bench.MONDAY);
  }

  private Effect effect(
      String conversation, String key, Action action, Map<String, Fact> facts, Instant at) {
    return new Effect(
        new ConversationId(bench.tenant, conversation),
        "inbound-trial",
        "subject-1",
        Permits.of(Role.BOOKING, key, action),
        action,
        facts,
        at);
  }

  private static Map<String, Fact> facts(String booking, String email) {
    return Map.of(
        "booking", booked(booking),
        "email", email(email));
  }

  private static Fact booked(String booking) {
    return Bench.fact(Value.of(booking), Fact.Source.TOOL, 4);
  }

  private static Fact email(String clear) {
    return Bench.fact(Value.of(new Sealed("s", "email", "digest", clear)), Fact.Source.BUYER, 5);
  }
}
