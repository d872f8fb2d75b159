package baton.runtime.outreach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadImportTest {
  private final Office office = new Office();

  @Test
  void aRowHasAllThatIsKnownOfALeadAndTheTablesShowNothingPersonal() {
    var report =
        office.add(
            """
            id,email,name,phone,time-zone,region,segment,consent,consent-date,consent-source
            dana,Dana@Example.COM,Dana Ruiz,(303) 555-0123,America/Denver,US-CO,small,yes,2026-05-31,web form
            """);
    assertEquals(Map.of("added", 1L, "known", 0L, "twice", 0L, "refused", 0L), report.counts());
    var lead = office.all(Office.CAMPAIGN).getFirst();
    assertEquals("dana@example.com", lead.email());
    assertEquals("Dana Ruiz", lead.name());
    assertEquals("+13035550123", lead.phone());
    assertEquals("America/Denver", lead.timeZone());
    assertEquals("US-CO", lead.region());
    assertEquals("small", lead.segment());
    assertEquals(new Outreach.ConsentView("2026-05-31", "web form"), lead.consent());
    assertEquals("waiting", lead.state());
    var stored = office.stored().toLowerCase();
    for (var personal : List.of("dana", "example.com", "ruiz", "5550123", "web form")) {
      assertFalse(stored.contains(personal), personal);
    }
  }

  @Test
  void theSubjectIsTheOneOfAChatBuyerWithTheSameId() {
    office.add("email,id,region\na@example.com,buyer-1,DE\nb@example.com,,DE\n");
    var subjects =
        office.leads.page(office.tenant, Office.CAMPAIGN, 0, java.util.Optional.empty(), 9).stream()
            .map(Lead::subject)
            .toList();
    assertEquals(
        List.of(
            office.vault.subject(office.tenant, "buyer-1"),
            office.vault.subject(office.tenant, "b@example.com")),
        subjects);
  }

  @Test
  void badRowsAreRefusedOneByOneAndTheOthersAdded() {
    var report =
        office.add(
            """
            email,name,phone,time-zone,region,segment,id,consent,consent-date,consent-source
            good@example.com,Good,,Europe/Berlin,,,,,,
            ,No address,,Europe/Berlin,,,,,,
            not-an-address,,,Europe/Berlin,,,,,,
            a@b@example.com,,,Europe/Berlin,,,,,,
            p@example.com,,12345,Europe/Berlin,,,,,,
            z1@example.com,,,Mars/Olympus,,,,,,
            z2@example.com,,,,,,,,,
            z3@example.com,,,,US-TX,,,,,
            z4@example.com,,,UTC,,,,,,
            s@example.com,,,Europe/Berlin,,very small,,,,
            c1@example.com,,,Europe/Berlin,,,,maybe,,
            c2@example.com,,,Europe/Berlin,,,,no,,
            c3@example.com,,,Europe/Berlin,,,,yes,,
            c4@example.com,,,Europe/Berlin,,,,yes,2026-05-31,
            c5@example.com,,,Europe/Berlin,,,,,2026-05-31,
            short@example.com
            also-good@example.com,,,,US-NY,,,,,
            """);
    assertEquals(2, report.added());
    assertEquals(
        List.of(
            "3 refused email: it is empty: every lead needs an address",
            "4 refused email: it is not an e-mail address: write it as name@example.com",
            "5 refused email: it is not an e-mail address: write it as name@example.com",
            "6 refused phone: it is not a phone number: write it as +13035550123",
            "7 refused time-zone: it is not a time zone: write it as America/Denver",
            "8 refused time-zone: neither a time-zone nor a region is there: give one of them:"
                + " nobody is written to at night",
            "9 refused region: it is unknown or has several time zones: give a time-zone such as"
                + " America/Denver as well",
            "10 refused time-zone: it is not a time zone: write it as America/Denver",
            "11 refused segment: it is not a name: use 1 to 64 letters, digits, - and _",
            "12 refused consent: it is neither yes nor no: write yes or no",
            "13 refused consent: this person has said no: leave the row out of the file",
            "14 refused consent-date: a yes needs its day: write the day it was given as"
                + " 2026-05-31",
            "15 refused consent-source: a yes needs its source: say where it was given",
            "16 refused consent: it is empty, with a date or a source: write yes or no",
            "17 refused : has 1 cells where the header has 10: add or remove commas, or quote"
                + " cells that hold one"),
        Office.told(report));
  }

  @Test
  void duplicatesAreToldWithinTheFileAndAgainstKnownLeads() {
    office.add("email,id,region\nold@example.com,old,DE\n");
    var report =
        office.add(
            """
            email,id,region
            OLD@example.com,,DE
            other@example.com,old,DE
            new@example.com,,DE
            New@Example.com,,DE
            x@example.com,one,DE
            y@example.com,one,DE
            """);
    assertEquals(2, report.added());
    assertEquals(
        List.of(
            "2 known email: a lead of this campaign since 2027-06-07: nothing to do",
            "3 known id: a lead of this campaign since 2027-06-07: nothing to do",
            "5 twice email: the same as in line 4: leave one of them out",
            "7 twice id: the same as in line 6: leave one of them out"),
        Office.told(report));
  }

  @Test
  void theSameFileAgainAddsNothing() {
    var csv = people(2_500);
    assertEquals(2_500, office.add(csv).added());
    var stored = office.stored();
    var again = office.add(csv);
    assertEquals(0, again.added());
    assertEquals(2_500, again.counts().get("known"));
    assertEquals(stored, office.stored());
  }

  @Test
  void onePersonInTwoCampaignsIsOneSubject() {
    office.add("spring", "email,id,region\na@example.com,anna,DE\nb@example.com,,DE\n");
    var report = office.add("autumn", "email,id,region\na@example.com,,DE\nb@example.com,ben,DE\n");
    assertEquals(1, report.added());
    assertEquals(
        List.of(
            "3 refused id: another campaign has this e-mail address under another id: give the"
                + " same id, or none"),
        Office.told(report));
    var anna = office.vault.subject(office.tenant, "anna");
    for (var campaign : List.of("spring", "autumn")) {
      var first =
          office.leads.page(office.tenant, campaign, 0, java.util.Optional.empty(), 1).getFirst();
      assertEquals(anna, first.subject());
    }
  }

  @Test
  void whoHasOptedOutOrWasErasedIsRefused() {
    office.optOut("chat-buyer");
    office.optOut("plain@example.com");
    office.vault.erase(office.tenant, office.vault.subject(office.tenant, "gone@example.com"));
    var report =
        office.add(
            """
            email,id,region
            a@example.com,chat-buyer,DE
            plain@example.com,,DE
            plain@example.com,another-id,DE
            gone@example.com,,DE
            free@example.com,,DE
            """);
    assertEquals(1, report.added());
    assertEquals(
        List.of(
            "2 refused email: this person has opted out: leave the row out of the file",
            "3 refused email: this person has opted out: leave the row out of the file",
            "4 twice email: the same as in line 3: leave one of them out",
            "5 refused email: this person's data was erased: leave the row out of the file"),
        Office.told(report));
  }

  @Test
  void markupAndUnseenCharactersAreInertInEveryField() {
    var report =
        office.add(
            "email,name,phone,time-zone,region,segment,id,consent,consent-date,consent-source\n"
                + "a@example.com,<script>alert(1)</script>,,Europe/Berlin,,,\"<b>x</b>\",yes,"
                + "2026-05-31,=cmd()\n"
                + "b@example.com,\u202eevil\u200b,,Europe/Berlin,,,,,,\n"
                + "c\u200b@example.com,ok,,Europe/Berlin,,,,,,\n"
                + "d@example.com,nul\u0000,,Europe/Berlin,,,,,,\n"
                + "e\u0000@example.com,,,Europe/Berlin,,,,,,\n"
                + "f@example.com,,,Europe/Berlin,,,i\u00add,,,\n"
                + "<i>@example.com,,,Europe/Berlin,,,,,,\n"
                + "g@example.com,,,Europe/<b>,,,,,,\n"
                + "h@example.com,,<b>1,Europe/Berlin,,,,,,\n"
                + "i@example.com,,,Europe/Berlin,<b>,,,,,\n"
                + "j@example.com,,,Europe/Berlin,,<b>,,,,\n");
    assertEquals(3, report.added());
    var names = office.all(Office.CAMPAIGN).stream().map(Outreach.LeadView::name).toList();
    assertEquals(List.of("<script>alert(1)</script>", "evil", "ok"), names);
    for (var row : report.rows()) {
      assertEquals("refused", row.result());
      assertFalse(row.wrong().contains("<"), "a report quotes nothing: " + row.wrong());
    }
    assertEquals(8, report.rows().size());
  }

  @Test
  void aFileMayHaveAByteOrderMarkAndNoOtherEncoding() {
    assertEquals(1, office.add("\ufeffemail,region\nbom@example.com,DE\n").added());
    var latin = "email,name,region\nok@example.com,Ok,DE\nu@example.com,J\u00fcrgen,DE\n";
    var refused =
        assertThrows(
            NotRead.class,
            () -> office.add(Office.CAMPAIGN, latin.getBytes(StandardCharsets.ISO_8859_1)));
    assertTrue(refused.getMessage().startsWith("byte 54: 0xFC is not UTF-8"), refused.getMessage());
    var wide =
        assertThrows(
            NotRead.class,
            () -> office.add(Office.CAMPAIGN, "email,region\n".getBytes(StandardCharsets.UTF_16)));
    assertTrue(wide.getMessage().startsWith("byte 0: this is UTF-16"), wide.getMessage());
  }

  @Test
  void aHeaderThatCannotBeUsedAddsNothing() {
    for (var header :
        List.of("", "name,region", "email,Email,region", "email;region", "email,e-mail")) {
      var refused =
          assertThrows(NotRead.class, () -> office.add(header + "\na@example.com,DE\n"), header);
      assertTrue(refused.getMessage().endsWith("; nothing was added"), refused.getMessage());
    }
    var unknown = assertThrows(NotRead.class, () -> office.add("email,country\na@b.example,DE\n"));
    assertTrue(
        unknown.getMessage().startsWith("line 1: column 2 is unknown: known are email, name,"),
        unknown.getMessage());
    assertEquals(List.of(), office.all(Office.CAMPAIGN));
  }

  @Test
  void aLongFileIsReadInBoundedMemoryAndReportedUpToABound() {
    int rows = 12_000;
    var csv = new Endless(rows);
    var report = office.read(Office.CAMPAIGN, csv);
    assertEquals(rows, report.counts().get("refused"));
    assertEquals(Report.ROWS_MAX, report.rows().size());
    assertEquals(rows - Report.ROWS_MAX, report.leftOut());
  }

  /// Rows that are made while they are read, none of them good.
  private static final class Endless extends InputStream {
    private final int rows;
    private int row;
    private byte[] line = "email,region\n".getBytes(StandardCharsets.UTF_8);
    private int at;

    Endless(int rows) {
      this.rows = rows;
    }

    @Override
    public int read() {
      if (at == line.length) {
        if (row == rows) return -1;
        line = ("nobody-" + row++ + ",DE\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return line[at++];
    }
  }

  static String people(int count) {
    var csv = new StringBuilder("email,name,phone,region,segment\n");
    for (int i = 0; i < count; i++) {
      csv.append(
          "p%d@example.com,Person %d,+1303555%04d,US-CO,small\n".formatted(i, i, i % 10_000));
    }
    return csv.toString();
  }
}
