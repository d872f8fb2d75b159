package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.mail.SmtpMail.Server;
import baton.runtime.mail.SmtpMail.Tls;
import baton.runtime.observe.LogLayout;
import baton.runtime.observe.Watching;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `baton.conf` says of sellers and letters, and what it cannot say.
class SettingsTest {
  @TempDir Path folder;

  @Test
  void sellersHaveWhatTheCalendarSaysUnlessTheySayOtherwise() {
    var sellers =
        load("""
        tools.calendar {
          zone = Europe/Berlin
          appointment = 45m, after = 15m, notice = 4h, ahead = 30d
          days-off = ["2027-12-24..2028-01-02"]
          sellers = [
            { name = Mira, hours { mon-thu = "13:00-17:00, 09:00-12:00", fri = "09:00-12:00" } }
            { name = Tom, zone = Europe/Lisbon, appointment = 30m, days-off = ["2027-08-01"]
              hours { sat-mon = "20:00-24:00" } }
          ]
        }
        """)
            .sellers();
    var mira = sellers.getFirst();
    assertEquals(ZoneId.of("Europe/Berlin"), mira.zone());
    assertEquals(
        "[09:00-12:00, 13:00-17:00]", mira.hours().spans().get(DayOfWeek.MONDAY).toString());
    assertEquals("[09:00-12:00]", mira.hours().spans().get(DayOfWeek.FRIDAY).toString());
    assertEquals(5, mira.hours().spans().size());
    assertEquals("[2027-12-24..2028-01-02]", mira.hours().off().toString());
    assertEquals(Duration.ofMinutes(45), mira.appointment());
    assertEquals(Duration.ofMinutes(15), mira.after());
    assertEquals(Duration.ofHours(4), mira.notice());
    assertEquals(Duration.ofDays(30), mira.ahead());
    var tom = sellers.getLast();
    assertEquals(ZoneId.of("Europe/Lisbon"), tom.zone());
    assertEquals(Duration.ofMinutes(30), tom.appointment());
    assertEquals("[2027-12-24..2028-01-02, 2027-08-01]", tom.hours().off().toString());
    assertEquals(
        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
        tom.hours().spans().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sellers = []|tools.calendar.sellers has 1 to 200 sellers",
        "sellers = [{hours {mon = \"09:00-17:00\"}}]|tools.calendar.sellers: one without a name:"
            + " give each a name",
        "sellers = [{name = Mira}]|tools.calendar.sellers: Mira has no hours: say when he works",
        "sellers = [{name = Mira, hours {}}]|tools.calendar.sellers: Mira has no hours",
        "sellers = [{name = Mira, hours {mon = \"\"}}]|tools.calendar.sellers: Mira has no hours",
        "zone = Mars/Olympus|tools.calendar.sellers: avery: there is no time zone Mars/Olympus;"
            + " name one such as Europe/Berlin",
        "zone = \"+02:00\"|tools.calendar.sellers: avery: there is no time zone +02:00; name one"
            + " such as Europe/Berlin",
        "sellers = [{name = Mira, hours {mon-fri = \"09:00-17:00\", fri ="
            + " \"16:00-18:00\"}}]|tools.calendar.sellers: Mira has hours that overlap on a Friday",
        "sellers = [{name = M, hours {mon = \"09:00-17:00\"}}, {name = M, hours {tue ="
            + " \"09:00-17:00\"}}]|tools.calendar.sellers: M is there twice: give each another"
            + " name",
        "sellers = [{name = M, hours {mon = \"17:00-09:00\"}}]|tools.calendar.sellers: M: hours are"
            + " written as \"09:00-12:00, 13:00-17:00\", not 17:00-09:00",
        "sellers = [{name = M, hours {monday = \"09:00-17:00\"}}]|tools.calendar.sellers: M: a"
            + " weekday is written as mon or mon-fri, not monday",
        "sellers = [{name = M, hours {mon = \"09:00-09:20\"}}]|tools.calendar.sellers: M has no"
            + " hours that are as long as an appointment",
        "sellers = [{name = M, hour {mon = \"09:00-17:00\"}}]|tools.calendar.sellers: M: unknown"
            + " key hour; known are hours, name and those of the calendar",
        "sellers = [{name = \"M@x\", hours {mon = \"09:00-17:00\"}}]|tools.calendar.sellers: M@x"
            + " has a name of other than 1 to 64 of A-Z a-z 0-9 _ -",
        "days-off = [soon]|tools.calendar.sellers: avery: days off are written as 2027-12-24 or"
            + " 2027-12-24..2028-01-02, not soon",
        "days-off = [\"2027-12-24..2027-12-01\"]|tools.calendar.sellers: avery: days off are"
            + " written as 2027-12-24 or 2027-12-24..2028-01-02, not 2027-12-24..2027-12-01",
        "appointment = 0m|tools.calendar.sellers: avery needs other times: appointment is 5m to 1d,"
            + " in whole minutes",
        "ahead = 400d|tools.calendar.sellers: avery needs other times: ahead is 1h to 366d, in"
            + " whole minutes",
        "before = 90s|tools.calendar.sellers: avery needs other times: before is 0m to 1d, in whole"
            + " minutes"
      })
  void aCalendarThatCannotBeIsOneClearLine(String calendar, String line) {
    assertEquals(line, refusal("tools.calendar { " + calendar + " }"));
  }

  @Test
  void lettersGoToTheServerThatIsNamed() {
    var mail =
        load("""
        mail { from = "Zoë <sales@acme.example>", smtp { host = smtp.example, user = u, password = p } }
        """)
            .mail();
    assertEquals("sales@acme.example", mail.from().plain());
    assertEquals("Zoë", mail.from().name());
    var server = new Server("smtp.example", 587, Tls.STARTTLS, "u", "p");
    assertEquals(Optional.of(server), mail.smtp());
    assertEquals("smtp.example:587", server.toString(), "without the password");
    var open = load("mail { from = \"a@b.example\", smtp { host = h, port = 2525, tls = off } }");
    assertEquals(new Server("h", 2525, Tls.OFF, "", ""), open.mail().smtp().orElseThrow());
    assertTrue(open.outreachLacks().isPresent(), "its links would lead to this machine alone");
    assertEquals(Optional.empty(), load("").outreachLacks(), "a folder is on this machine too");
    var limited = load("tools.timeout = 5s");
    assertTrue(limited.letterTimeout().compareTo(limited.toolTimeout()) < 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "from = \"nobody\"|mail.from is an address such as \"Acme Sales <sales@acme.example>\"",
        "smtp.host = h|mail.from is missing: mail.smtp needs an address that letters come from",
        "from = \"a@b.example\", smtp.port = 25|mail.smtp.host is missing: name the server, or"
            + " leave out mail.smtp",
        "from = \"a@b.example\", smtp { host = h, port = 0 }|mail.smtp.port is 1 to 65535",
        "from = \"a@b.example\", smtp { host = h, tls = maybe }|mail.smtp.tls is starttls, tls or"
            + " off",
        "from = \"a@b.example\", smtp { host = h, user = u }|mail.smtp.user and mail.smtp.password"
            + " go together: give both or neither",
        "from = \"a@b.example\", smtp { host = h, tls = off, user = u, password = p }|mail.smtp.tls"
            + " = off would send the password in the clear: use starttls or tls"
      })
  void aServerThatCannotBeIsOneClearLine(String mail, String line) {
    assertEquals(line, refusal("mail { " + mail + " }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.main { provider = openai, model = m, key sk-secret }",
        "models.main { provider = openai, model = m, key = sk-secret\" }",
        "models.main.key = sk-secret",
        "models.main { provider = openai, model = m, key = sk-secret, timeout = 0s }",
        "models.main { provider = openai, model = m, key = { a = sk-secret } }"
      })
  void aKeyIsInNoMessage(String text) {
    assertFalse(refusal(text).contains("sk-secret"), refusal(text));
  }

  @Test
  void modelsAreReadWithTheRestAndShownWithoutTheirKeys() {
    var models = load("models.main { provider = openai, model = m, key = sk-secret }").models();
    assertEquals("{main=main: m of openai}", models.toString());
    assertEquals(Optional.of("sk-secret"), models.get("main").key());
    assertEquals(
        "models.main.attempts is 1 to 5",
        refusal("models.main { provider = ollama, model = m, attempts = 0 }"));
  }

  @Test
  void logAndTracesAreWhatTheyAreSetToOrOneClearLine() {
    var set = load("log = json, traces.endpoint = \"http://127.0.0.1:4318/v1/traces\"").watching();
    assertEquals(
        new Watching(LogLayout.JSON, Optional.of(URI.create("http://127.0.0.1:4318/v1/traces"))),
        set);
    assertEquals(new Watching(LogLayout.PLAIN, Optional.empty()), load("").watching());
    assertEquals("log is plain or json", refusal("log = xml"));
    assertEquals(
        "traces.endpoint is an address such as http://127.0.0.1:4318/v1/traces",
        refusal("traces.endpoint = \"127.0.0.1:4318\""));
  }

  private String refusal(String text) {
    var refused = assertThrows(Settings.Invalid.class, () -> load(text));
    return refused.getMessage().replace(folder.resolve("baton.conf") + ": ", "");
  }

  private Settings load(String text) {
    try {
      return Settings.load(Files.writeString(folder.resolve("baton.conf"), text));
    } catch (IOException unwritable) {
      throw new IllegalStateException(unwritable);
    }
  }
}
