package baton.runtime.outreach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Circumstances.Standing;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStore;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.tools.Sql;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final PolicyDocument OUTBOUND =
      PolicyCompiler.sample("outbound-appointments").orThrow();
  private static final Duration PACE = OUTBOUND.policy().outreach().orElseThrow().pace();

  private final Office office = new Office();
  private final Clerk clerk = new Clerk();
  private final MemoryStore store = new MemoryStore(office.clock);
  private final MemoryControls controls = new MemoryControls(store);
  private final MemoryPolicies policies = new MemoryPolicies(store);

  PlannerTest() {
    policies.activate(office.tenant, OUTBOUND, "test");
  }

  /// A planner as it is after a start: it knows nothing but what is in the tables.
  private Planner planner() {
    return office.outreach.planner(
        clerk, policies, controls, this::standing, Duration.ofSeconds(5));
  }

  private Standing standing(String tenant, String subject) {
    try (var connection = Office.DATABASE.getConnection()) {
      return new Sql(connection)
          .row(
              "select opted_out, attempts from standing where tenant = ? and subject = ?",
              row -> new Standing(row.getBoolean(1), row.getInt(2)),
              tenant,
              subject)
          .orElse(Standing.CLEAR);
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void start() {
    start(Office.CAMPAIGN);
  }

  private void start(String campaign) {
    office.outreach.set(office.tenant, campaign, true, "go", "operator");
  }

  private String subject(String buyer) {
    return office.vault.subject(office.tenant, buyer);
  }

  private Map<String, Long> counts() {
    return office.outreach.status(office.tenant, Office.CAMPAIGN).leads();
  }

  @Test
  void nothingIsOpenedBeforeItIsStarted() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add("email,region\na@example.com,US-NY\n");
    planner().tick();
    assertEquals(List.of(), clerk.subjects());
    start();
    planner().tick();
    assertEquals(List.of(subject("a@example.com")), clerk.subjects());
    office.outreach.set(office.tenant, Office.CAMPAIGN, false, "enough", "operator");
    office.add("email,region\nb@example.com,US-NY\n");
    office.pass(PACE);
    planner().tick();
    assertEquals(1, clerk.subjects().size());
  }

  @Test
  void eachLeadHasItsOwnHoursAndOneThatWaitsHoldsUpNobody() throws Exception {
    // Monday, 8:00 in New York, 14:00 in Berlin, 21:00 in Tokyo, 5:00 in Los Angeles.
    office.add(
        """
        email,time-zone
        tokyo@example.com,Asia/Tokyo
        la@example.com,America/Los_Angeles
        ny@example.com,America/New_York
        berlin@example.com,Europe/Berlin
        """);
    start();
    var planner = planner();
    var opened = new ArrayList<String>();
    for (int minute = 0; minute < 24 * 60; minute += 2) {
      planner.tick();
      if (clerk.opened.size() > opened.size()) {
        opened.add(office.time.get() + " " + clerk.subjects().getLast());
      }
      office.pass(Duration.ofMinutes(2));
    }
    assertEquals(
        List.of(
            "2027-06-07T12:00:00Z " + subject("berlin@example.com"),
            "2027-06-07T13:00:00Z " + subject("ny@example.com"),
            "2027-06-07T16:00:00Z " + subject("la@example.com"),
            "2027-06-08T00:00:00Z " + subject("tokyo@example.com")),
        opened);
  }

  @Test
  void hoursFollowEachClockThroughTheChangesOfDaylightSaving() {
    var hours = new CallingHours(OUTBOUND.policy());
    var zones =
        List.of(
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Phoenix",
            "Asia/Kolkata",
            "Pacific/Apia",
            "America/St_Johns");
    int open = 0;
    for (var zone : zones) {
      for (var at = Instant.parse("2027-03-10T00:00:00Z");
          at.isBefore(Instant.parse("2027-04-10T00:00:00Z"));
          at = at.plus(Duration.ofMinutes(7))) {
        var local = at.atZone(ZoneId.of(zone));
        boolean weekday = local.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
        boolean daytime =
            !local.toLocalTime().isBefore(LocalTime.of(9, 0))
                && local.toLocalTime().isBefore(LocalTime.of(18, 0));
        assertEquals(weekday && daytime, hours.areOpen(zone, at), zone + " " + local);
        if (weekday && daytime) open++;
      }
    }
    assertTrue(open > 1_000);
    // The Friday before the change in New York and the Monday after it.
    assertFalse(hours.areOpen("America/New_York", Instant.parse("2027-03-12T13:30:00Z")));
    assertTrue(hours.areOpen("America/New_York", Instant.parse("2027-03-12T14:00:00Z")));
    assertTrue(hours.areOpen("America/New_York", Instant.parse("2027-03-15T13:00:00Z")));
  }

  @Test
  void thePaceIsTheLeastTimeBetweenTwo() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(LeadImportTest.people(30));
    start();
    var planner = planner();
    var times = new ArrayList<Instant>();
    for (int second = 0; second < 600; second++) {
      if (second % 97 == 0) planner = planner();
      planner.tick();
      if (clerk.opened.size() > times.size()) times.add(office.time.get());
      office.pass(Duration.ofSeconds(1));
    }
    assertEquals(clerk.opened.size(), times.size(), "at most one a tick");
    assertEquals(5, times.size());
    for (int i = 1; i < times.size(); i++) {
      var between = Duration.between(times.get(i - 1), times.get(i));
      assertTrue(between.compareTo(PACE) >= 0, between.toString());
    }
  }

  @Test
  void aPauseHoldsAndIsNotMadeUpFor() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(LeadImportTest.people(10));
    start();
    var planner = planner();
    planner.tick();
    for (var scope :
        List.of(
            "engine", "tenant:" + office.tenant, "campaign:" + Office.CAMPAIGN, "role:booking")) {
      int before = clerk.opened.size();
      controls.set(office.tenant, Scope.parse(scope).orElseThrow(), Mode.PAUSED, "why", "op");
      for (int i = 0; i < 5; i++) {
        office.pass(PACE);
        planner.tick();
      }
      assertEquals(before, clerk.opened.size(), scope);
      controls.set(office.tenant, Scope.parse(scope).orElseThrow(), Mode.RUNNING, "why", "op");
      planner.tick();
      planner.tick();
      assertEquals(before + 1, clerk.opened.size(), "one, not five, after " + scope);
    }
  }

  @Test
  void whoHasOptedOutSinceIsNeverWrittenToInAnyCampaign() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(
        "email,id,region\n"
            + "a@example.com,anna,US-NY\n"
            + "b@example.com,,US-NY\n"
            + "c@example.com,cem,US-NY\n");
    start();
    office.optOut("anna");
    // Known by the address alone: whoever talked to us under it is the same person.
    office.optOut("c@example.com");
    planner().tick();
    assertEquals(List.of(subject("b@example.com")), clerk.subjects());
    assertEquals(1, counts().get("opened"));
    office.pass(PACE);
    planner().tick();
    assertEquals(1, clerk.opened.size());
    assertEquals(2, counts().get("opted-out"));
    assertEquals(0, counts().get("waiting"));
  }

  @Test
  void theCapCountsAttemptsOfAllCampaigns() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    policies.activate(office.tenant, campaign("autumn"), "test");
    office.add("autumn", "email,region\na@example.com,US-NY\nb@example.com,US-NY\n");
    start("autumn");
    office.run(
        "insert into standing (tenant, subject, attempts) values (?, ?, 3)",
        office.tenant,
        subject("a@example.com"));
    planner().tick();
    assertEquals(List.of(subject("b@example.com")), clerk.subjects());
    var status = office.outreach.status(office.tenant, "autumn");
    assertEquals(Map.of("capped", 1L), status.refused());
  }

  @Test
  void aNodeThatDiesInTheMiddleLosesNobodyAndOpensNobodyTwice() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(LeadImportTest.people(4));
    start();
    clerk.fate = Clerk.Fate.DIES_BEFORE;
    planner().tick();
    office.pass(PACE);
    clerk.fate = Clerk.Fate.DIES_AFTER;
    planner().tick();
    assertEquals(2, counts().get("opened"), "both are under way");
    clerk.fate = Clerk.Fate.ANSWERS;
    var planner = planner();
    planner.tick();
    for (int i = 0; i < 20; i++) {
      office.pass(PACE);
      planner.tick();
    }
    assertEquals(4, clerk.opened.size());
    assertEquals(2, clerk.repeated.size(), "both had been opened, and nobody knew it");
    assertEquals(4, counts().get("opened"));
    assertEquals(0, office.queue.opening(office.time.get(), 10).size());
  }

  @Test
  void whatWasUnderWayWaitsForTheEndOfAPause() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(LeadImportTest.people(1));
    start();
    clerk.fate = Clerk.Fate.DIES_BEFORE;
    planner().tick();
    clerk.fate = Clerk.Fate.ANSWERS;
    var campaign = Scope.parse("campaign:" + Office.CAMPAIGN).orElseThrow();
    controls.set(office.tenant, campaign, Mode.PAUSED, "why", "op");
    office.pass(Duration.ofMinutes(1));
    planner().tick();
    assertEquals(0, clerk.opened.size());
    controls.set(office.tenant, campaign, Mode.RUNNING, "why", "op");
    planner().tick();
    assertEquals(1, clerk.opened.size());
  }

  @Test
  void manyNodesTogetherKeepThePaceAndOpenEachLeadOnce() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add(LeadImportTest.people(6));
    start();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 8; round++) {
        int before = clerk.opened.size();
        var ticks = new ArrayList<Callable<Optional<Void>>>();
        for (int node = 0; node < 4; node++) {
          ticks.add(() -> {
            planner().tick();
            return Optional.empty();
          });
        }
        for (var tick : threads.invokeAll(ticks)) tick.get();
        assertTrue(clerk.opened.size() <= before + 1, "one in round " + round);
        office.pass(PACE);
      }
    }
    assertEquals(6, clerk.opened.size());
    assertEquals(List.of(), clerk.repeated);
  }

  @Test
  void whoWasErasedIsNotOpened() throws Exception {
    office.time.set(Instant.parse("2027-06-07T15:00:00Z"));
    office.add("email,region\na@example.com,US-NY\n");
    start();
    office.vault.erase(office.tenant, subject("a@example.com"));
    planner().tick();
    assertEquals(0, clerk.opened.size());
    assertEquals(
        Map.of("erased", 1L), office.outreach.status(office.tenant, Office.CAMPAIGN).refused());
    assertEquals(null, office.all(Office.CAMPAIGN).getFirst().email());
  }

  /// The sample under another name.
  private static PolicyDocument campaign(String name) {
    String text =
        Includes.samples()
            .read("outbound-appointments.yaml")
            .orElseThrow()
            .replace("campaign: outbound-appointments", "campaign: " + name);
    return PolicyCompiler.compile(name + ".yaml", text, Includes.samples()).orThrow();
  }
}
