package baton.runtime.timing;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.runtime.Engine;
import baton.runtime.Settings;
import baton.runtime.Storage;
import baton.runtime.TimedNode;
import baton.runtime.http.Ports;
import baton.runtime.models.Modelled;
import baton.runtime.models.OpenAiServer;
import baton.runtime.models.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Many conversations at once with a language model that takes its time, over real HTTP and on a
/// real database. The yardstick is the model: so many conversations by the time that it takes. Run by
/// hand:
///
///     java -cp … baton.runtime.timing.ModelTiming [CONVERSATIONS [MILLISECONDS]]
///
/// `-Dwarm-up=SECONDS` and `-Dmeasure=SECONDS` change how long it takes.
public final class ModelTiming {
  private static final String TENANT = ConversationId.DEFAULT_TENANT;
  private static final String CAMPAIGN = "inbound-trial";
  private static final int TURNS_MAX = 15;
  private static final Duration STEP_MAX = Duration.ofSeconds(20);

  private final Ports ports;
  private final Times times = new Times();
  private volatile boolean stopped;

  private ModelTiming(Ports ports) {
    this.ports = ports;
  }

  public static void main(String[] arguments) throws Exception {
    int conversations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int modelMs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    var data = Files.createTempDirectory("baton-timing");
    var reply = new Reply.Late(Duration.ofMillis(modelMs), Reply.text("I see. Tell me more."));
    try (var server = OpenAiServer.always(reply);
        var storage = Storage.embedded(data);
        var node = TimedNode.start(settings(data, server, conversations), storage)) {
      var policy = Modelled.inboundTrial("playbook", "booking");
      node.ports().policies().activate(TENANT, policy, Role.ENGINE.name());
      var timing = new ModelTiming(node.ports());
      timing.measure(conversations, modelMs, server, Server.postmaster(data));
    } finally {
      remove(data);
    }
  }

  private static Settings settings(Path data, OpenAiServer server, int conversations)
      throws IOException {
    var file = data.resolve("baton.conf");
    Files.writeString(
        file,
        """
        models.sales {
          provider = openai, base-url = "%s", model = slow, concurrent = %d, timeout = 10s
        }
        """
            .formatted(server.url(), conversations));
    return Settings.load(file).with(Optional.of(data), Optional.empty(), Optional.of(0));
  }

  private void measure(int conversations, int modelMs, OpenAiServer server, long postmaster)
      throws Exception {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < conversations; i++) {
      var name = "m" + i;
      threads.add(Thread.ofVirtual().start(() -> talk(name)));
    }
    TimeUnit.SECONDS.sleep(Integer.getInteger("warm-up", 30));
    var machine = Machine.now(postmaster);
    int asked = server.asked().size();
    long began = System.nanoTime();
    times.begin();
    TimeUnit.SECONDS.sleep(Integer.getInteger("measure", 30));
    times.end();
    double seconds = (System.nanoTime() - began) / 1e9;
    double calls = (server.asked().size() - asked) / seconds;
    var after = Machine.now(postmaster);
    stopped = true;
    for (var thread : threads) thread.join();
    double ideal = conversations * 1000.0 / modelMs;
    System.out.printf(
        "%n%d conversations, a model of %d ms: %.0f answers/s of %.0f, %.0f %%%n",
        conversations, modelMs, calls, ideal, 100 * calls / ideal);
    System.out.printf(
        "  %.0f turns/s (a greeting is an answer too); a turn: p50 %.0f ms, p99 %.0f ms%n",
        times.steps() / seconds, times.below(500), times.below(990));
    System.out.printf(
        "  machine: load %s to %s, others took %.0f %% of the processors, nobody %.0f %%%n",
        machine.load(),
        after.load(),
        after.others(machine),
        100.0 - 100.0 * (after.busy() - machine.busy()) / (after.all() - machine.all()));
    System.out.printf(
        "  processor time a turn: engine %.0f us, database %.0f us%n",
        (after.engine() - machine.engine()) * 10_000.0 / times.steps(),
        (after.database() - machine.database()) * 10_000.0 / times.steps());
    times.failures().stream()
        .limit(5)
        .forEach(failure -> System.out.println("  FAILED " + failure));
  }

  private void talk(String name) {
    try {
      for (int i = 0; !stopped; i++) converse(new ConversationId(TENANT, name + "-" + i));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      times.failed(name + ": " + failure);
    }
  }

  private void converse(ConversationId id) throws Exception {
    var more = new Semaphore(0);
    String subject = ports.vault().subject(TENANT, id.id());
    try (var _ = ports.engine().listen(id, more::release)) {
      send(id, new Command.Open(CAMPAIGN, "chat", identity(subject, id.id())));
      long row = awaitTurn(id, more, 0);
      for (int turn = 1; turn <= TURNS_MAX && !stopped; turn++) {
        long began = System.nanoTime();
        send(id, hear(subject, "m" + turn));
        row = awaitTurn(id, more, row);
        times.step(System.nanoTime() - began);
      }
    }
  }

  /// Until it is the buyer's turn again.
  ///
  /// @return the row that says so
  private long awaitTurn(ConversationId id, Semaphore more, long after)
      throws InterruptedException {
    long end = System.nanoTime() + STEP_MAX.toNanos();
    for (long seen = after; ; ) {
      if (!more.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(id.id() + " does not go on: " + happened(id));
      }
      more.drainPermits();
      for (var row : ports.engine().entries(id, seen, 100)) {
        seen = row.row();
        if (row.entry().events().stream().anyMatch(Event.BuyersTurn.class::isInstance)) return seen;
      }
    }
  }

  private List<String> happened(ConversationId id) {
    return ports.engine().entries(id, 0, 100).stream()
        .flatMap(row -> row.entry().events().stream())
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  private void send(ConversationId id, Command command) {
    var reply = ports.engine().send(id, command).toCompletableFuture().join();
    if (!(reply instanceof Engine.Reply.Done)) throw new IllegalStateException(reply.toString());
  }

  private Command.Buyer identity(String subject, String id) {
    var sealed = ports.vault().seal(TENANT, subject, "identity", id);
    return new Command.Buyer(
        subject, sealed.digest(), sealed, Optional.empty(), Optional.empty(), "", "", "");
  }

  private Command.Hear hear(String subject, String message) {
    var text = "We are a small office and would like to see how it works for us.";
    var sealed = ports.vault().seal(TENANT, subject, "transcript", text);
    return new Command.Hear(message, message, sealed, List.of(), 100);
  }

  private static void remove(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
