package baton.runtime.timing;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.port.Interpreter;
import baton.runtime.Engine;
import baton.runtime.http.Ports;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A buyer who leads one conversation after the other, each as far as [QuickAgent] goes, and never
/// thinks either. Its texts are sealed and read as the API does it.
///
/// A step has its end when it is the buyer's turn again. The engine says only that there is more:
/// how often it says so until then is always the same, see [#ROWS], and is checked afterwards.
final class Buyer implements Runnable {
  static final String CAMPAIGN = "workload";

  /// Rows of a whole conversation: the opening and the first ask; of a sentence what was heard, the
  /// decision and the outcome; of a hand-off what was heard, the revocation, the grant with its
  /// ask, and the answer to that.
  static final int ROWS = 2 + 10 * 3 + 2 * 4;

  private static final String TENANT = ConversationId.DEFAULT_TENANT;
  private static final long STEP_MAX_SECONDS = 30;

  private final String name;
  private final Ports ports;
  private final Interpreter interpreter;
  private final Times times;
  private volatile boolean stopped;
  private volatile ConversationId last;

  Buyer(String name, Ports ports, Times times) {
    this.name = name;
    this.ports = ports;
    this.times = times;
    this.interpreter =
        ports.interpreters().apply(ports.policies().active(TENANT, CAMPAIGN).orElseThrow());
  }

  /// Ends with the step that is under way.
  void stop() {
    stopped = true;
  }

  /// The last conversation that went to its end.
  Optional<ConversationId> last() {
    return Optional.ofNullable(last);
  }

  @Override
  public void run() {
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
      await(id, more, 2);
      times.opened();
      for (int message = 1; message <= QuickAgent.STEPS; message++) {
        if (stopped) return;
        long began = System.nanoTime();
        send(id, hear(subject, "m" + message));
        await(id, more, QuickAgent.passesOn(message) ? 4 : 3);
        times.step(System.nanoTime() - began);
      }
    }
    last = id;
  }

  private void await(ConversationId id, Semaphore more, int rows) throws InterruptedException {
    if (!more.tryAcquire(rows, STEP_MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(id.id() + " does not go on");
    }
  }

  private void send(ConversationId id, Command command) {
    var reply = ports.engine().send(id, command).toCompletableFuture().join();
    if (!(reply instanceof Engine.Reply.Done)) throw new IllegalStateException(reply.toString());
  }

  private Command.Buyer identity(String subject, String id) {
    var sealed = ports.vault().seal(TENANT, subject, "identity", id);
    var body = ports.vault().seal(TENANT, subject, "identity", "body " + id).digest();
    return new Command.Buyer(subject, body, sealed, Optional.empty(), Optional.empty(), "", "", "");
  }

  private Command.Hear hear(String subject, String message) {
    String text = "We are a small office and would like to see how it works for us.";
    var vault = ports.vault();
    var body = vault.seal(TENANT, subject, "transcript", message + text).digest();
    var sealed = vault.seal(TENANT, subject, "transcript", text);
    var signals =
        interpreter.buyer(
            text,
            Instant.now(),
            ZoneOffset.UTC,
            span -> vault.seal(TENANT, subject, "identity", span));
    return new Command.Hear(message, body, sealed, List.copyOf(signals), 100);
  }
}
