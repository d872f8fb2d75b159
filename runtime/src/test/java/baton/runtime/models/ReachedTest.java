package baton.runtime.models;

import static baton.runtime.models.Asking.HELLO;
import static baton.runtime.models.Asking.failure;
import static baton.runtime.models.Asking.main;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Failure.Busy;
import baton.runtime.models.Failure.Cancelled;
import baton.runtime.models.Failure.Declined;
import baton.runtime.models.Failure.Malformed;
import baton.runtime.models.Failure.Overloaded;
import baton.runtime.models.Failure.Refused;
import baton.runtime.models.Failure.Resting;
import baton.runtime.models.Failure.TimedOut;
import baton.runtime.models.Failure.TooLarge;
import baton.runtime.models.Failure.Unreachable;
import baton.runtime.models.Reply.Call;
import com.typesafe.config.ConfigFactory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One call to a model is answered or fails in time, in a way that says what to do.
@Timeout(30)
class ReachedTest {
  private static final Duration NONE = Duration.ZERO;

  /// What the server does, what that means, and how often it was asked with two attempts.
  static Stream<Arguments> whatGoesWrong() {
    return Stream.of(
        Arguments.of(
            new Reply.Status(401, "invalid_api_key", Map.of()), refused(401, "invalid_api_key"), 1),
        Arguments.of(Reply.status(400), refused(400, ""), 1),
        Arguments.of(Reply.status(403), refused(403, ""), 1),
        Arguments.of(
            new Reply.Status(404, "model_not_found", Map.of()), refused(404, "model_not_found"), 1),
        Arguments.of(new Reply.Status(404, Reply.SECRET, Map.of()), refused(404, ""), 1),
        Arguments.of(
            new Reply.Status(302, "", Map.of("Location", "http://127.0.0.1:1/")),
            refused(302, ""),
            1),
        Arguments.of(Reply.status(429), new Overloaded(429, "", NONE), 2),
        Arguments.of(
            new Reply.Status(429, "", Map.of("Retry-After", "30")),
            new Overloaded(429, "", Duration.ofSeconds(30)),
            1),
        Arguments.of(Reply.status(500), new Overloaded(500, "", NONE), 2),
        Arguments.of(Reply.status(529), new Overloaded(529, "", NONE), 2),
        Arguments.of(new Reply.Hang(), new TimedOut(), 1),
        Arguments.of(new Reply.Trickle(), new TimedOut(), 1),
        Arguments.of(new Reply.Late(Duration.ofSeconds(20), Reply.text("late")), new TimedOut(), 1),
        Arguments.of(new Reply.Endless(), new TooLarge(4_194_304), 1),
        Arguments.of(Reply.text("x".repeat(10_000_000)), new TooLarge(4_194_304), 1),
        Arguments.of(new Reply.Reset(), new Unreachable("IOException"), 2),
        Arguments.of(new Reply.Cut(), new Unreachable("IOException"), 2),
        Arguments.of(new Reply.Garbage(), new Unreachable("ProtocolException"), 2),
        Arguments.of(new Reply.Body(""), new Malformed("MismatchedInputException"), 1),
        Arguments.of(new Reply.Body("{\"choices\": [{"), new Malformed("JsonMappingException"), 1),
        Arguments.of(
            new Reply.Body("<html>" + Reply.SECRET), new Malformed("JsonParseException"), 1),
        Arguments.of(new Reply.Body("{}"), new Malformed("InternalServerException"), 1),
        Arguments.of(new Reply.Body("null"), new Malformed("NullPointerException"), 1),
        Arguments.of(
            new Reply.Body("{\"choices\": []}"), new Malformed("InternalServerException"), 1),
        Arguments.of(
            new Reply.Body("{\"choices\": [{}]}"), new Malformed("NullPointerException"), 1),
        Arguments.of(
            new Reply.Body("{\"choices\": \"" + Reply.SECRET + "\"}"),
            new Malformed("MismatchedInputException"),
            1),
        Arguments.of(
            new Reply.Body("[".repeat(100_000)), new Malformed("MismatchedInputException"), 1),
        Arguments.of(new Reply.Refusal(Reply.SECRET), new Declined(), 1));
  }

  private static Refused refused(int status, String code) {
    return new Refused(status, code);
  }

  @ParameterizedTest
  @MethodSource("whatGoesWrong")
  void givenAServerThatGoesWrong_whenItIsAsked_thenTheFailureSaysHow(
      Reply reply, Failure expected, int asked) {
    try (var server = OpenAiServer.always(reply);
        var models =
            Asking.to(server, expected instanceof TimedOut ? "timeout = 300ms" : "timeout = 20s")) {
      long fromNs = System.nanoTime();
      assertEquals(expected, failure(main(models)));
      assertTrue(System.nanoTime() - fromNs < 10_000_000_000L, "within its time");
      assertEquals(asked, server.asked().size());
      assertEquals(1, expected.line().lines().count());
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenNoServer_whenItIsAsked_thenItIsUnreachable() {
    var server = OpenAiServer.always(Reply.text("ok"));
    server.close();
    try (var models = Asking.to(server, "")) {
      assertEquals(new Unreachable("ConnectException"), failure(main(models)));
    }
  }

  @Test
  void givenAServerThatIsOverloadedOnce_whenItIsAsked_thenTheSecondTryAnswers() {
    var asked = new AtomicInteger();
    try (var server =
            OpenAiServer.start(_ ->
                asked.incrementAndGet() == 1 ? Reply.status(503) : Reply.text("Good morning."));
        var models = Asking.to(server, "")) {
      assertEquals("Good morning.", main(models).chat(HELLO).aiMessage().text());
      assertEquals(2, server.asked().size());
    }
  }

  @Test
  void givenMoreAttempts_whenTheServerStaysDown_thenEachIsMade() {
    try (var server = OpenAiServer.always(Reply.status(503));
        var models = Asking.to(server, "attempts = 5")) {
      failure(main(models));
      assertEquals(5, server.asked().size());
    }
  }

  @Test
  void givenLessTimeThanTheModelHas_whenItHangs_thenTheShorterTimeHolds() {
    try (var server = OpenAiServer.always(new Reply.Hang());
        var models = Asking.to(server, "timeout = 20s")) {
      long fromNs = System.nanoTime();
      try {
        main(models).chat(HELLO, Duration.ofMillis(100));
        throw new AssertionError("answered");
      } catch (ModelFailure told) {
        assertEquals(new TimedOut(), told.failure());
      }
      assertTrue(System.nanoTime() - fromNs < 5_000_000_000L);
      server.awaitUnderWay(0);
    }
  }

  @Test
  void whatTheModelSaysComesAsItIs() {
    var many =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new Call("c" + i, "none-such", "{\"a\":"))
            .toList();
    var replies = new ArrayList<>(List.of(Reply.text("a\u0000\u001b[31mb"), Reply.calls(many)));
    try (var server = OpenAiServer.start(_ -> replies.removeFirst());
        var models = Asking.to(server, "")) {
      var said = main(models).chat(HELLO);
      assertEquals("a\u0000\u001b[31mb", said.aiMessage().text());
      assertEquals(12, said.tokenUsage().inputTokenCount());
      assertEquals(3, said.tokenUsage().outputTokenCount());
      var called = main(models).chat(HELLO).aiMessage().toolExecutionRequests();
      assertEquals(10_000, called.size());
      assertEquals("{\"a\":", called.getLast().arguments());
      assertEquals(new Reached.Identity("main", "openai", "scripted"), main(models).identity());
    }
  }

  @Test
  void givenMoreCallsThanMayBe_whenNoneEnds_thenTheOthersFailAndTheServerSeesNoMore()
      throws Exception {
    var gate = new CountDownLatch(1);
    try (var server = OpenAiServer.always(new Reply.Held(gate, Reply.text("ok")));
        var models = Asking.to(server, "concurrent = 2, timeout = 20s")) {
      var first = asked(models);
      var second = asked(models);
      server.awaitUnderWay(2);
      assertEquals(2, main(models).underWay());
      var third = asked(models);
      var fourth = asked(models);
      gate.countDown();
      for (var call : List.of(first, second, third, fourth)) assertEquals("ok", call.get());
      assertEquals(2, server.underWayMost());
      assertEquals(0, main(models).underWay());
    }
    try (var server = OpenAiServer.always(new Reply.Hang());
        var models = Asking.to(server, "concurrent = 1, timeout = 2s")) {
      var first = asked(models);
      server.awaitUnderWay(1);
      assertEquals(new Busy(1).line(), asked(models).get());
      assertEquals(new TimedOut().line(), first.get());
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void givenACallUnderWay_whenWhoeverAskedIsInterrupted_thenTheServerSeesItGo() throws Exception {
    try (var server = OpenAiServer.always(new Reply.Hang());
        var models = Asking.to(server, "timeout = 20s")) {
      var call = new FutureTask<>(() -> failure(main(models)));
      var thread = Thread.ofVirtual().start(call);
      server.awaitUnderWay(1);
      thread.interrupt();
      assertEquals(new Cancelled(), call.get());
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenAServerThatKeepsFailing_whenHalfOfTheCallsFailed_thenItRestsAndIsTriedAgain() {
    var clock = new Clocked();
    var reply = new AtomicReference<>(Reply.status(500));
    try (var server = OpenAiServer.start(_ -> reply.get());
        var models = Asking.to(server, "attempts = 1", clock)) {
      var model = main(models);
      for (int i = 0; i < 10; i++) assertEquals(new Overloaded(500, "", NONE), failure(model));
      assertEquals(new Resting(), failure(model));
      assertEquals(10, server.asked().size(), "while it rests it is not asked");
      clock.passes(Duration.ofSeconds(29));
      assertEquals(new Resting(), failure(model));
      clock.passes(Duration.ofSeconds(2));
      for (int i = 0; i < 2; i++) failure(model);
      assertEquals(new Resting(), failure(model), "it is not well yet");
      clock.passes(Duration.ofSeconds(31));
      reply.set(Reply.text("ok"));
      for (int i = 0; i < 20; i++) assertEquals("ok", model.chat(HELLO).aiMessage().text());
      assertEquals(32, server.asked().size());
    }
  }

  /// A buyer who makes a model babble must not take it from all others.
  @Test
  void givenFailuresThatOneConversationCanBringAbout_whenThereAreMany_thenTheServerDoesNotRest() {
    var replies =
        List.of(
            new Reply.Body("{"),
            new Reply.Refusal("no"),
            Reply.status(400),
            Reply.status(401),
            Reply.text("x".repeat(5_000_000)));
    var next = new AtomicInteger();
    try (var server =
            OpenAiServer.start(_ -> replies.get(next.getAndIncrement() % replies.size()));
        var models = Asking.to(server, "")) {
      for (int i = 0; i < 30; i++) failure(main(models));
      assertEquals(30, server.asked().size());
    }
  }

  @Test
  void aKeyIsSentAndSeenNowhereElse() {
    try (var server = OpenAiServer.always(new Reply.Status(401, Asking.KEY, Map.of()));
        var models = Asking.to(server, "")) {
      var written = new StringWriter();
      try {
        main(models).chat(HELLO);
      } catch (ModelFailure told) {
        told.printStackTrace(new PrintWriter(written, true));
        written.append(told.failure().toString()).append(told.failure().line());
      }
      assertEquals(Asking.KEY, server.asked().getFirst().key().orElseThrow());
      written.append(models + " " + main(models) + " " + main(models).identity());
      assertFalse(written.toString().contains(Asking.KEY), written.toString());
      assertFalse(written.toString().contains(Reply.SECRET), written.toString());
      assertTrue(written.toString().contains("check key"), written.toString());
    }
  }

  @Test
  void givenAModelOfSomebodyElse_whenItNeitherEndsNorListens_thenTheCallEndsAndKeepsItsPlace() {
    var never = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var deaf =
        new Given(_ -> {
          entered.countDown();
          while (never.getCount() > 0) waitDeafly(never);
          return null;
        });
    var model = plugged(deaf, "timeout = 200ms, concurrent = 1");
    try {
      assertEquals(new TimedOut(), failure(model));
      assertEquals(0, entered.getCount());
      assertEquals(1, model.underWay(), "it is still under way");
      assertEquals(new Busy(1), failure(model));
    } finally {
      never.countDown();
    }
  }

  @Test
  void givenAModelOfSomebodyElse_whenItBreaksItsContract_thenThatIsNoAnswer() {
    assertEquals(new Malformed("no message"), failure(plugged(new Given(_ -> null), "")));
    assertEquals(
        new Malformed("NoSuchMethodError"),
        failure(
            plugged(
                new Given(_ -> {
                  throw new NoSuchMethodError(Reply.SECRET);
                }),
                "")));
  }

  private static void waitDeafly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException notHeard) {
      assertTrue(latch.getCount() > 0);
    }
  }

  private static Reached plugged(ChatModel model, String more) {
    var settings =
        ModelSettings.read(
            ConfigFactory.parseString("models.main { provider = acme, model = a1, " + more + "}"));
    return new Reached(settings.get("main"), model, Optional.empty(), Clock.systemUTC(), _ -> 0L);
  }

  private interface Answering {
    ChatResponse answer(ChatRequest request);
  }

  private record Given(Answering answering) implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      return answering.answer(request);
    }
  }

  private static FutureTask<String> asked(Models models) {
    var call =
        new FutureTask<>(() -> {
          try {
            return main(models).chat(HELLO).aiMessage().text();
          } catch (ModelFailure told) {
            return told.getMessage();
          }
        });
    Thread.ofVirtual().start(call);
    return call;
  }

  private static final class Clocked extends Clock {
    private Instant now = Instant.parse("2027-01-04T09:00:00Z");

    void passes(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
