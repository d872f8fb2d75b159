package baton.runtime.tools;

import static java.util.stream.Collectors.joining;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One tenant of its own with all tools, and what their tables hold of it.
abstract class Bench {
  /// A Monday, 8:00 in New York.
  static final Instant MONDAY = Instant.parse("2027-06-07T12:00:00Z");

  final String tenant;
  final Calendar calendar;
  final PriceBook prices;
  final OrderBook orders;
  final Crm crm;
  final HumanQueue humans;

  Bench(
      String tenant,
      Calendar calendar,
      PriceBook prices,
      OrderBook orders,
      Crm crm,
      HumanQueue humans) {
    this.tenant = tenant;
    this.calendar = calendar;
    this.prices = prices;
    this.orders = orders;
    this.crm = crm;
    this.humans = humans;
  }

  /// A price book of its own.
  ///
  /// @param wanted the currency that the campaign wants; may be empty
  abstract PriceBook prices(Optional<PriceList> list, String wanted);

  static PriceBook.Wanted wanting(String currency) {
    return _ -> Optional.of(currency).filter(code -> !code.isEmpty());
  }

  /// How many outcomes are kept.
  abstract long effects();

  /// The tables of the calendar.
  abstract Ledger<Appointments> appointments();

  /// The table of letters.
  abstract Ledger<Letters> letters();

  /// `seller zone hours; times of appointments in minutes, and hours ahead`, by name.
  List<String> sellerRows() {
    return appointments().direct(book -> book.sellers(tenant)).stream().map(Bench::row).toList();
  }

  private static String row(Seller seller) {
    var hours =
        new TreeMap<>(seller.hours().spans())
            .entrySet().stream()
                .map(day ->
                    day.getKey()
                        + " "
                        + day.getValue().stream().map(Object::toString).collect(joining(" ")))
                .collect(joining(", "));
    return "%s %s %s; %d %d %d %d %d"
        .formatted(
            seller.name(),
            seller.zone(),
            hours,
            seller.appointment().toMinutes(),
            seller.before().toMinutes(),
            seller.after().toMinutes(),
            seller.notice().toMinutes(),
            seller.ahead().toHours());
  }

  /// `product currency minor`, cheapest first.
  abstract List<String> priceRows();

  /// `seller from until state version`, in order.
  abstract List<String> bookingRows();

  /// `percent/total/version/state`, in order.
  abstract List<String> quoteRows();

  /// `id quote currency total`, in order.
  abstract List<String> orderRows();

  abstract List<String> contactIds();

  /// `value by role in conversation under key, source evidence at time`, oldest first.
  abstract List<String> fieldRows();

  /// `conversation state operator`, in order.
  abstract List<String> queueRows();

  /// The ledger itself.
  abstract Ledger<Contacts> ledger();

  Toolbox toolbox() {
    return new Toolbox(List.of(calendar, prices, orders, crm, humans));
  }

  long liveBookings() {
    return bookingRows().stream().filter(row -> row.split(" ")[3].equals("live")).count();
  }

  /// How often bookings were written.
  long bookingVersions() {
    return bookingRows().stream().mapToLong(row -> Long.parseLong(row.split(" ")[4])).sum();
  }

  /// How often quotes were written.
  long quoteVersions() {
    return quoteRows().stream().mapToLong(row -> Long.parseLong(row.split("/")[2])).sum();
  }

  Effect effect(String key, Action action) {
    return effect("c1", key, action, MONDAY);
  }

  Effect effect(String conversation, String key, Action action, Instant at) {
    return new Effect(
        new ConversationId(tenant, conversation),
        "inbound-trial",
        "subject-1",
        Permits.of(Role.BOOKING, key, action),
        action,
        Map.of("company", fact(Value.of("Acme"), Fact.Source.BUYER, 7)),
        at);
  }

  static Fact fact(Value value, Fact.Source source, long evidence) {
    return new Fact(value, source, evidence, 90, MONDAY, MONDAY.plusSeconds(3600));
  }

  Map<String, Value> confirmed(Tool tool, String key, Action action) {
    return facts(tool.call(effect(key, action)));
  }

  static Map<String, Value> facts(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed(var facts)) return facts;
    throw new AssertionError("not confirmed: " + outcome);
  }

  static String text(Map<String, Value> facts, String name) {
    return facts.get(name).shown();
  }

  /// Runs all of them, each on its own thread, let go at the same moment.
  static <T> List<T> race(List<Callable<T>> runners) {
    var line = new CyclicBarrier(runners.size());
    try (var threads = Executors.newFixedThreadPool(runners.size())) {
      var running = new ArrayList<Future<T>>();
      for (var runner : runners) {
        running.add(
            threads.submit(() -> {
              line.await();
              return runner.call();
            }));
      }
      var results = new ArrayList<T>();
      for (var result : running) results.add(result.get());
      return results;
    } catch (InterruptedException | ExecutionException broken) {
      throw new AssertionError(broken);
    }
  }

  /// Waits for the others, 10 seconds at most.
  static void await(CyclicBarrier others) {
    try {
      others.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
