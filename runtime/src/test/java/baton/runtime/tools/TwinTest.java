package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same generated calls on PostgreSQL and in memory: equal outcomes, equal rows.
class TwinTest {
  private static final int STEPS = 500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void bothStoragesAnswerEveryCallAlikeAndHoldTheSame(long seed) {
    String tenant = Storage.tenant();
    var database = new Run(seed, Storage.POSTGRESQL.seeded(tenant));
    var memory = new Run(seed, Storage.MEMORY.seeded(tenant));
    for (int step = 0; step < STEPS; step++) {
      assertEquals(database.step(step), memory.step(step), "seed " + seed + ", step " + step);
    }
    assertEquals(String.join("\n", rows(database.bench)), String.join("\n", rows(memory.bench)));
  }

  @Test
  void theCallsReachEveryOutcomeThatIsWorthComparing() {
    var seen = new TreeSet<String>();
    for (long seed = 1; seed <= 2; seed++) {
      var run = new Run(seed, Storage.MEMORY.seeded());
      for (int step = 0; step < STEPS; step++) seen.add(name(run.step(step)));
    }
    var expected =
        List.of(
            "bad-arguments",
            "booking-past",
            "conceded-more",
            "confirmed",
            "key-reused",
            "never-done",
            "no-such-booking",
            "no-such-product",
            "no-such-quote",
            "no-such-slot",
            "nobody-available",
            "percent-out-of-range",
            "quote-expired",
            "quote-ordered",
            "slot-taken",
            "total-differs");
    assertEquals(expected, List.copyOf(seen));
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Confirmed _ -> "confirmed";
      case Failed(var reason) -> reason;
      case Outcome.Unknown(var reason) -> throw new AssertionError(reason);
    };
  }

  private static List<String> rows(Bench bench) {
    return Stream.of(
            List.of("effects " + bench.effects()),
            bench.sellerRows(),
            bench.priceRows(),
            bench.bookingRows(),
            bench.quoteRows(),
            bench.orderRows(),
            bench.contactIds(),
            bench.fieldRows(),
            bench.queueRows())
        .flatMap(List::stream)
        .toList();
  }

  /// A generator of calls that remembers what the earlier ones made.
  private static final class Run {
    private final Bench bench;
    private final Toolbox toolbox;
    private final Random random;
    private final List<String> bookings = new ArrayList<>(List.of("b0"));
    private final List<Quoted> quotes =
        new ArrayList<>(List.of(new Quoted("q0", new Money("USD", 1))));
    private Instant now = Bench.MONDAY;

    private record Quoted(String id, Money total) {}

    Run(long seed, Bench bench) {
      this.bench = bench;
      this.toolbox = bench.toolbox();
      this.random = new Random(seed);
    }

    Outcome step(int step) {
      now = now.plus(Duration.ofMinutes(random.nextInt(300)));
      if (random.nextInt(8) == 0) {
        String operator = one(List.of("kim", "lou"));
        bench.humans.available(bench.tenant, operator, random.nextBoolean(), now);
      }
      String conversation = "c" + random.nextInt(2);
      // Some keys come twice, mostly for another action.
      String key = "k" + (random.nextInt(12) == 0 ? random.nextInt(step + 1) : step);
      var effect = bench.effect(conversation, key, action(), now);
      if (random.nextInt(10) == 0) toolbox.lookUp(effect);
      var outcome = toolbox.call(effect);
      if (outcome instanceof Confirmed(var facts)) {
        if (facts.containsKey("booking")) bookings.add(facts.get("booking").shown());
        if (facts.get("quote.total") instanceof Value.Amount(var total)) {
          quotes.add(new Quoted(facts.get("quote").shown(), total));
        }
      }
      return outcome;
    }

    private Action action() {
      return switch (random.nextInt(9)) {
        case 0 ->
            new Action.FindSlots(
                now, now.plus(Duration.ofDays(random.nextInt(4))), "UTC", Optional.empty());
        case 1, 2 -> {
          var start = start();
          yield new Action.Book(slot(start), start, "UTC");
        }
        case 3 -> {
          var start = start();
          yield new Action.Reschedule(recent(bookings), slot(start), start, "UTC");
        }
        case 4 -> new Action.Cancel(recent(bookings));
        case 5 -> new Action.Quote(one(List.of("starter", "team", "platinum")), 1 + small());
        case 6 -> new Action.Concede(recent(quotes).id(), small() * 3);
        case 7 -> {
          var quote = recent(quotes);
          yield new Action.TakeCommitment(quote.id(), quote.total());
        }
        default ->
            random.nextBoolean()
                ? new Action.WriteCrm(Map.of("company", Value.of(word()), "n", Value.of(small())))
                : new Action.TransferToHuman(word());
      };
    }

    /// Nine or half past nine in New York, on one of the next days.
    private Instant start() {
      var day = Bench.MONDAY.plus(Duration.ofDays(Duration.between(Bench.MONDAY, now).toDays()));
      return day.plus(Duration.ofDays(random.nextInt(3)))
          .plus(Duration.ofMinutes(60 + 30L * random.nextInt(2)));
    }

    private String slot(Instant start) {
      return one(List.of("avery", "avery", "jordan", "casey")) + "@" + start;
    }

    private String word() {
      return one(List.of("Acme", "Zo\u00eb", "\\u0000", "nul\0"));
    }

    private int small() {
      return random.nextInt(12);
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    /// Mostly one of the last.
    private <T> T recent(List<T> of) {
      int back = random.nextInt(random.nextInt(4) == 0 ? of.size() : 6);
      return of.get(Math.max(0, of.size() - 1 - back));
    }
  }
}
