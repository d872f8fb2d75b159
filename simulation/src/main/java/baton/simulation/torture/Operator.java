package baton.simulation.torture;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// An operator who pauses and resumes, takes over and hands back, and changes the policy, while the
/// engine may go away at any moment. Each stop is asked for twice, a while apart: what was claimed
/// between the two answers was claimed while it held.
public final class Operator implements AutoCloseable {
  /// The name that the engine knows the holder of the operator's token by.
  private static final String NAME = "operator";

  private static final Duration LEAVING_MAX = Duration.ofSeconds(90);
  private static final long AGAIN_MILLIS = 50;

  /// Among so many of the newest conversations somebody is still talking.
  private static final int RECENT = 12;

  private final AtomicReference<List<Door>> nodes = new AtomicReference<>(List.of());
  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private final SplittableRandom random;
  private final Recording recording;
  private final List<PolicyDocument> policies;
  private final String campaign;
  private final Supplier<List<String>> conversations;
  private final Future<?> work;

  /// By what it is about: the version that its last order is known to have made.
  private final Map<String, Long> known = new HashMap<>();

  private int asked;
  private int activated;
  private int said;
  private long lastClaim;
  private volatile boolean leaving;

  /// @param policy of the campaign that they have
  /// @param conversations those that were opened so far, the newest last
  /// @param doors where the engine is
  public Operator(
      long seed,
      Recording recording,
      PolicyDocument policy,
      Supplier<List<String>> conversations,
      Door... doors) {
    nodes.set(List.of(doors));
    this.random = new SplittableRandom(seed);
    this.recording = recording;
    this.policies = List.of(renamed(policy), policy);
    this.campaign = policy.policy().campaign();
    this.conversations = conversations;
    this.work = thread.submit(this::work);
  }

  /// The same rules under another hash, which voids what was permitted as any other change does.
  private static PolicyDocument renamed(PolicyDocument policy) {
    var title = "\"title\":\"" + policy.policy().title();
    return PolicyCompiler.fromJson(policy.json().replace(title, title + ", renamed")).orThrow();
  }

  /// Where the engine is now: each request goes to the next of its nodes.
  public void turnTo(Door... doors) {
    nodes.set(List.of(doors));
  }

  private Door next() {
    var doors = nodes.get();
    return doors.get(Math.floorMod(asked++, doors.size()));
  }

  /// Lets the operator finish. The engine must be there; nothing stays paused or taken over.
  public void leave() {
    leaving = true;
    try {
      work.get(LEAVING_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(
          "the operator was treated wrongly: " + failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException silent) {
      throw new IllegalStateException(
          "the operator had no answer for " + LEAVING_MAX.toSeconds() + " s");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
  }

  private void work() {
    for (int act = random.nextInt(5); !isOver(); ) {
      hold();
      var known = conversations.get();
      if (known.isEmpty()) continue;
      var recent = known.subList(Math.max(0, known.size() - RECENT), known.size());
      var conversation = recent.get(random.nextInt(recent.size()));
      switch (act++ % 5) {
        case 0 -> stop(new Scope(Scope.Level.CONVERSATION, conversation));
        case 1 -> activate();
        case 2 -> takeOver(conversation);
        case 3 -> stop(new Scope(Scope.Level.CAMPAIGN, campaign));
        default -> stop(new Scope(Scope.Level.ENGINE, ""));
      }
    }
  }

  private boolean isOver() {
    return leaving || Thread.currentThread().isInterrupted();
  }

  private void stop(Scope scope) {
    set(scope, Mode.PAUSED, random.nextInt(4) == 0);
    hold();
    set(scope, Mode.PAUSED, false);
    set(scope, Mode.RUNNING, false);
  }

  private void set(Scope scope, Mode mode, boolean impatient) {
    var order = Order.control(scope, mode);
    done(new Operation.Control(scope, mode), () -> carriedOut(order, impatient));
  }

  private void activate() {
    var next = policies.get(activated++ % policies.size());
    for (int i = 0; i < 2; i++) {
      var order = Order.activation(campaign, next);
      done(new Operation.Activate(campaign, next.policy().hash()), () -> carriedOut(order, false));
      hold();
    }
  }

  private void takeOver(String conversation) {
    var operation = new Operation.TakeOver(Recording.id(conversation), NAME);
    done(operation, random.nextInt(4) == 0, api -> api.takeOver(conversation));
    if (random.nextBoolean()) {
      var message = "h" + ++said;
      var text = "One moment, please.";
      done(
          recording.say(conversation, message, text),
          random.nextInt(4) == 0,
          api -> api.say(conversation, message, text));
    }
    hold();
    done(operation, false, api -> api.takeOver(conversation));
    again(false, api -> api.handBack(conversation));
  }

  private interface Request {
    Door.Answer send(Door api);
  }

  private void done(Operation operation, boolean impatient, Request request) {
    done(operation, () -> again(impatient, request));
  }

  /// Waits for what comes of it, and looks how far claims have come by then.
  private void done(Operation operation, Supplier<Result> asked) {
    long number = recording.invoked(NAME, operation);
    var result = asked.get();
    var at = Instant.now();
    recording.returned(at, number, result, result == Result.OK ? look() : 0);
  }

  /// Gives an order until it is known to be carried out, each time on what was seen last: a try
  /// that had no answer, and comes late, is turned away.
  private Result carriedOut(Order order, boolean impatient) {
    long before = known.getOrDefault(order.what(), 0L);
    boolean tried = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var door = next();
        var seen = order.look(door);
        if (seen.isPresent()) {
          // A node may lag behind: what it shows may be from before this order.
          if (tried && seen.get().isOf(order) && seen.get().version() > before) {
            return known(order, seen.get().version());
          }
          tried = true;
          var answer = order.send(door, seen.get());
          switch (answer.status()) {
            case 200 -> {
              // At least: others may have numbers in between.
              return known(order, seen.get().version() + 1);
            }
            case 412, 429, 503 -> {}
            default -> throw new IllegalStateException(answer.status() + ": " + answer.body());
          }
        }
      } catch (UncheckedIOException away) {
        if (impatient) return Result.UNKNOWN;
      }
      pause(AGAIN_MILLIS);
    }
    return Result.UNKNOWN;
  }

  private Result known(Order order, long version) {
    known.put(order.what(), version);
    return Result.OK;
  }

  /// @param impatient whether to go away where the engine does
  private Result again(boolean impatient, Request request) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var answer = request.send(next());
        switch (answer.status()) {
          case 200, 202 -> {
            return Result.OK;
          }
          case 409 -> {
            return Result.FAIL;
          }
          case 429, 503 -> {}
          default -> throw new IllegalStateException(answer.status() + ": " + answer.body());
        }
      } catch (UncheckedIOException away) {
        if (impatient) return Result.UNKNOWN;
      }
      pause(AGAIN_MILLIS);
    }
    return Result.UNKNOWN;
  }

  /// No claim is shown before all lower ones are committed.
  private long look() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var answer = next().get("/v1/effects?after=" + lastClaim);
        if (answer.status() == 200) {
          var claims = answer.list();
          if (claims.isEmpty()) return lastClaim;
          lastClaim = claims.getLast().get("n").asLong();
        }
      } catch (UncheckedIOException away) {
        pause(AGAIN_MILLIS);
      }
    }
    return 0;
  }

  private void hold() {
    pause(random.nextLong(10, 150));
  }

  /// An operator's acts come at moments that nothing in the engine has a part in.
  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}
