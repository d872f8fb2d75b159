package baton.simulation.torture;

import baton.simulation.history.Occurrence.Result;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Buyers who talk with an engine that may go away under them at any moment. Whoever gets no answer
/// sends the same again, as the contract says, or goes on without it now and then.
public final class Crowd implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(8);
  private static final Duration PATIENCE_MAX = Duration.ofSeconds(90);
  private static final Duration LEAVING_MAX = Duration.ofSeconds(100);
  private static final long AGAIN_NANOS = 200_000_000;
  private static final int SPEAKING = 12;

  /// Beyond the policy's limit, 60 messages, only a person may answer, and nobody is there.
  private static final int TURNS_MAX = 30;

  /// A message that the engine said it has.
  public record Acknowledged(String conversation, String message, long seq) {}

  private final Turns turns = new Turns();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> opened = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> wrong = new ConcurrentSkipListMap<>();
  private final List<Future<?>> buyers = new ArrayList<>();
  private final long seed;
  private final int paceMillis;
  private final Recording recording;
  private final String campaign;
  private volatile boolean leaving;

  /// @param paceMillis how long each of them thinks before an answer
  public Crowd(long seed, int size, int paceMillis, Recording recording, String campaign) {
    this.seed = seed;
    this.paceMillis = paceMillis;
    this.recording = recording;
    this.campaign = campaign;
    for (int i = 0; i < size; i++) {
      int number = i;
      buyers.add(threads.submit(() -> buyer(number)));
    }
  }

  /// Where the engine is now: each request goes to the next of its nodes.
  public void turnTo(URI... addresses) {
    turns.among(List.of(addresses));
  }

  public List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged);
  }

  public int acknowledgedCount() {
    return acknowledged.size();
  }

  /// How often a message was sent again.
  public int repeatedCount() {
    return repeated.get();
  }

  public List<String> opened() {
    return List.copyOf(opened);
  }

  /// One more message to each conversation: it must go on. Everybody has left.
  void lastWords() {
    var rest = new ConcurrentLinkedQueue<>(opened);
    var speaking = new ArrayList<Future<?>>();
    for (int i = 0; i < SPEAKING; i++) {
      speaking.add(
          threads.submit(() -> {
            for (var id = rest.poll(); id != null; id = rest.poll()) lastWord(id);
          }));
    }
    await(speaking);
  }

  private void lastWord(String id) {
    var token = again(false, api -> api.open(id, campaign, "America/Denver"), 200, 201);
    if (token.isEmpty()) return;
    var own = token.get().body().get("token").asText();
    say(id, own, "last", "what does it cost?", false);
  }

  /// Lets everybody finish the message they are at. The engine must be there.
  public void leave() {
    leaving = true;
    await(buyers);
    if (!wrong.isEmpty()) throw new IllegalStateException("wrong answers: " + wrong);
  }

  private static void await(List<Future<?>> buyers) {
    try {
      for (var buyer : buyers) buyer.get(LEAVING_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(
          "a buyer was treated wrongly: " + failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException silent) {
      throw new IllegalStateException(
          "a buyer had no answer for " + LEAVING_MAX.toSeconds() + " s");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// Afterwards nobody asks anything any more.
  @Override
  public void close() {
    leaving = true;
    threads.shutdownNow();
    threads.close();
  }

  private void buyer(int number) {
    var random = new SplittableRandom(seed + number);
    for (int journey = 1; !leaving; journey++) {
      journey("b" + number + "-" + journey, random);
    }
  }

  private void journey(String id, SplittableRandom random) {
    var script = new Script(random);
    var token = again(false, api -> api.open(id, campaign, "America/Denver"), 200, 201);
    if (token.isEmpty()) return;
    opened.add(id);
    var own = token.get().body().get("token").asText();
    for (int turn = 1; turn <= TURNS_MAX && !leaving; turn++) {
      var said = heard(id, own);
      if (said.isEmpty()) return;
      LockSupport.parkNanos(paceMillis * 1_000_000L);
      boolean interrupts = random.nextInt(6) == 0;
      boolean impatient = random.nextInt(6) == 0;
      var text = script.answer(said.get());
      say(id, own, "m" + turn, text, impatient);
      if (random.nextInt(5) == 0) say(id, own, "m" + turn, text, impatient);
      if (random.nextInt(9) == 0) say(id, own, "m" + turn, "never mind", impatient);
      if (interrupts) say(id, own, "i" + turn, script.smallTalk(), impatient);
    }
  }

  /// What was said last, once something was said after the buyer; after a while, whatever there is.
  ///
  /// @return empty where the conversation is closed or the buyer leaves
  private Optional<String> heard(String id, String token) {
    long deadline = System.nanoTime() + ANSWER_MAX.toNanos();
    while (!leaving) {
      var answer = again(false, api -> api.with(token).get("/v1/conversations/" + id), 200);
      if (answer.isEmpty()) return Optional.empty();
      var view = answer.get().body();
      if (view.get("status").asText().equals("closed")) return Optional.empty();
      var lines = view.get("transcript");
      var last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
      boolean answered = last != null && !last.get("by").asText().equals("buyer");
      if (answered || (last != null && System.nanoTime() > deadline)) {
        return Optional.of(last.get("text").asText());
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
    return Optional.empty();
  }

  private void say(String id, String token, String message, String text, boolean impatient) {
    var process = id.substring(0, id.indexOf('-'));
    long number = recording.invoked(process, recording.say(id, message, text));
    var answer = again(impatient, api -> api.with(token).say(id, message, text), 202, 409);
    recording.returned(number, result(answer));
    answer
        .map(Door.Answer::body)
        .filter(body -> body.has("seq"))
        .ifPresent(
            body -> acknowledged.add(new Acknowledged(id, message, body.get("seq").asLong())));
  }

  /// Closed, or another body under the same id: then it never will be taken.
  private static Result result(Optional<Door.Answer> answer) {
    if (answer.isEmpty()) return Result.UNKNOWN;
    return answer.get().status() == 202 ? Result.OK : Result.FAIL;
  }

  private interface Request {
    Door.Answer send(Door api);
  }

  /// Sends until there is one of these answers; another one that does not ask for patience is a
  /// mistake of the engine, and is noted.
  ///
  /// @param impatient whether to go on where the engine does not answer
  /// @return empty where nobody knows what came of it
  private Optional<Door.Answer> again(boolean impatient, Request request, int... expected) {
    long deadline = System.nanoTime() + PATIENCE_MAX.toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "no answer for " + PATIENCE_MAX.toSeconds() + " s " + wrong);
      }
      var next = turns.next();
      if (next.isPresent()) {
        var node = next.get();
        try {
          var answer = request.send(new Door(node, ""));
          for (int status : expected) if (answer.status() == status) return Optional.of(answer);
          if (answer.status() == 503) turns.spare(node);
          else if (answer.status() != 429) {
            wrong.merge(
                answer.status() + " " + answer.body().path("detail").asText(), 1, Integer::sum);
          }
        } catch (UncheckedIOException away) {
          // It was killed, or is not there yet.
          turns.spare(node);
          if (impatient) return Optional.empty();
        }
      }
      repeated.incrementAndGet();
      LockSupport.parkNanos(AGAIN_NANOS);
    }
    return Optional.empty();
  }
}
