package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Book;
import baton.handoff.action.Action.Cancel;
import baton.handoff.action.Action.Reschedule;
import baton.runtime.tools.Hours.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Many at once on a real database.
class PgCalendarRaceTest {
  private static final int THREADS = 32;
  private static final int CALLS = 200;
  private static final Instant NINE = Instant.parse("2027-06-14T09:00:00Z");

  @Test
  void twoHundredBookingsMovesAndCancelsAtOnceNeverOverlapAndNothingIsLost() {
    var bench = PgBench.seeded(Storage.tenant());
    bench.calendar.staff(bench.tenant, List.of(seller("avery"), seller("jordan"), seller("kim")));
    var next = new AtomicInteger();
    var live = new ConcurrentHashMap<String, Confirmed>();
    var outcomes = new ConcurrentHashMap<Integer, Outcome>();
    var runners = new ArrayList<Callable<Boolean>>();
    for (int thread = 0; thread < THREADS; thread++) {
      String conversation = "c" + thread;
      var random = new Random(thread);
      runners.add(() -> {
        for (int n = next.getAndIncrement(); n < CALLS; n = next.getAndIncrement()) {
          var action = action(random, live.get(conversation));
          var effect = bench.effect(conversation, "k" + n, action, Bench.MONDAY);
          var outcome = bench.calendar.call(effect);
          outcomes.put(n, outcome);
          if (outcome instanceof Confirmed done) {
            if (action instanceof Cancel) live.remove(conversation);
            else live.put(conversation, done);
          }
        }
        return true;
      });
    }
    Bench.race(runners);
    assertEquals(CALLS, outcomes.size());
    var reasons = Set.of("slot-taken", "no-such-booking");
    for (var outcome : outcomes.values()) {
      boolean known =
          switch (outcome) {
            case Confirmed _ -> true;
            case Failed(var reason) -> reasons.contains(reason);
            case Outcome.Unknown _ -> false;
          };
      assertTrue(known, outcome::toString);
    }
    assertEquals(CALLS, bench.effects());
    assertEquals(expected(live), actual(bench));
    assertEquals(
        List.of(),
        bench.query(
            """
            select a.id from booking a join booking b on a.tenant = b.tenant
              and a.seller = b.seller and a.id < b.id and a.state = 'live' and b.state = 'live'
              and tstzrange(lower(a.during) - interval '5 minutes',
                    upper(a.during) + interval '10 minutes')
                && tstzrange(lower(b.during) - interval '5 minutes',
                    upper(b.during) + interval '10 minutes')
            where a.tenant = ?\
            """));
  }

  /// A conversation without a booking books; one that has one moves it, or gives it up.
  private static Action action(Random random, Confirmed has) {
    var start = NINE.plus(Duration.ofMinutes(45L * random.nextInt(5)));
    String slot = List.of("avery", "jordan", "kim").get(random.nextInt(3)) + "@" + start;
    if (has == null) return new Book(slot, start, "UTC");
    String booking = has.facts().get("booking").shown();
    return random.nextInt(3) == 0
        ? new Cancel(booking)
        : new Reschedule(booking, slot, start, "UTC");
  }

  private static Map<String, String> expected(Map<String, Confirmed> live) {
    var expected = new HashMap<String, String>();
    live.values()
        .forEach(done ->
            expected.put(
                done.facts().get("booking").shown(),
                done.facts().get("booking.seller").shown()
                    + "@"
                    + done.facts().get("booking.start").shown()));
    return expected;
  }

  private static Map<String, String> actual(PgBench bench) {
    var actual = new HashMap<String, String>();
    bench
        .query(
            "select id || ' ' || seller || '@'"
                + " || to_char(lower(during) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                + " from booking where tenant = ? and state = 'live'")
        .forEach(row -> actual.put(row.split(" ")[0], row.split(" ")[1]));
    return actual;
  }

  private static Seller seller(String name) {
    return new Seller(
        name,
        ZoneId.of("UTC"),
        new Hours(
            Map.of(DayOfWeek.MONDAY, List.of(Span.parsed("09:00-17:00").orElseThrow())), List.of()),
        Duration.ofMinutes(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ZERO,
        Duration.ofDays(60));
  }
}
