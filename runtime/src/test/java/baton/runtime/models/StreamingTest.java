package baton.runtime.models;

import static baton.runtime.models.Asking.HELLO;
import static baton.runtime.models.Asking.main;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.runtime.models.Failure.Cancelled;
import baton.runtime.models.Failure.Overloaded;
import baton.runtime.models.Failure.TimedOut;
import baton.runtime.models.Failure.TooLarge;
import baton.runtime.models.Failure.Unreachable;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An answer whose text comes as the model writes it.
@Timeout(30)
class StreamingTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<String> heard = new ArrayList<>();

  private ChatResponse chat(Models models, Duration within, Duration first) {
    return main(models).chat(HELLO, within, first, heard::add);
  }

  private Failure failure(Models models, Duration within, Duration first) {
    return assertThrows(ModelFailure.class, () -> chat(models, within, first)).failure();
  }

  @Test
  void givenText_whenItIsAskedFor_thenItsPiecesComeAndThenTheWhole() {
    try (var server = OpenAiServer.always(Reply.text("Good morning to you."));
        var models = Asking.to(server, "")) {
      var whole = chat(models, LONG, LONG);
      assertEquals("Good morning to you.", String.join("", heard));
      assertEquals("Good morning to you.", whole.aiMessage().text());
      assertEquals(12, whole.tokenUsage().inputTokenCount());
      assertEquals(3, whole.tokenUsage().outputTokenCount());
    }
  }

  @Test
  void givenPieces_whenOneIsThere_thenItIsHeardBeforeTheNextIsWritten() {
    var steps = new Semaphore(1);
    Consumer<String> listener =
        piece -> {
          heard.add(piece);
          steps.release();
        };
    try (var server =
            OpenAiServer.always(new Reply.Pieces(List.of("One. ", "Two. ", "Three."), steps));
        var models = Asking.to(server, "")) {
      main(models).chat(HELLO, LONG, LONG, listener);
      assertEquals(List.of("One. ", "Two. ", "Three."), heard);
    }
  }

  @Test
  void givenACall_whenItIsAskedFor_thenNothingIsHeardAndTheCallIsThere() {
    try (var server = OpenAiServer.always(Reply.call("quote", "{\"seats\": 12}"));
        var models = Asking.to(server, "")) {
      var whole = chat(models, LONG, LONG);
      assertEquals(List.of(), heard);
      assertEquals("quote", whole.aiMessage().toolExecutionRequests().getFirst().name());
    }
  }

  @Test
  void givenAServerThatHangs_whenTheFirstWordIsLate_thenItIsWaitedForNoLonger() {
    try (var server = OpenAiServer.always(new Reply.Hang());
        var models = Asking.to(server, "timeout = 20s")) {
      assertEquals(new TimedOut(), failure(models, LONG, Duration.ofMillis(100)));
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenAServerThatFallsSilent_whenTheTimeIsUp_thenWhatWasHeardIsAllThereIs() {
    try (var server = OpenAiServer.always(new Reply.Broken(List.of("Well, "), true));
        var models = Asking.to(server, "")) {
      assertEquals(new TimedOut(), failure(models, Duration.ofMillis(500), LONG));
      assertEquals(List.of("Well, "), heard);
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenAnAnswerWithoutEnd_whenItIsLongerThanAnyMayBe_thenItIsLeft() {
    try (var server = OpenAiServer.always(new Reply.Babble());
        var models = Asking.to(server, "")) {
      assertEquals(new TooLarge(4_194_304), failure(models, LONG, LONG));
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenAServerThatIsOverloadedOnce_whenNothingWasHeard_thenItIsTriedAgain() {
    var asked = new AtomicInteger();
    try (var server =
            OpenAiServer.start(_ ->
                asked.incrementAndGet() == 1 ? Reply.status(503) : Reply.text("Good morning."));
        var models = Asking.to(server, "")) {
      assertEquals("Good morning.", chat(models, LONG, LONG).aiMessage().text());
    }
  }

  /// What was handed out may have been said by now.
  @Test
  void givenALineThatBreaks_whenSomethingWasHeard_thenItIsNotTriedAgain() {
    try (var server = OpenAiServer.always(new Reply.Broken(List.of("Well, "), false));
        var models = Asking.to(server, "")) {
      assertEquals(new Unreachable("IOException"), failure(models, LONG, LONG));
      assertEquals(List.of("Well, "), heard);
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void givenAServerThatRefuses_thenTheFailureIsTheSameAsForAWholeAnswer() {
    try (var server = OpenAiServer.always(Reply.status(500));
        var models = Asking.to(server, "attempts = 1")) {
      assertEquals(new Overloaded(500, "", Duration.ZERO), failure(models, LONG, LONG));
    }
  }

  @Test
  void givenAListenerThatWantsNoMore_thenTheServerSeesItGo() {
    try (var server = OpenAiServer.always(new Reply.Broken(List.of("Well, "), true));
        var models = Asking.to(server, "")) {
      Consumer<String> listener =
          _ -> {
            throw new IllegalStateException("enough");
          };
      assertThrows(
          IllegalStateException.class, () -> main(models).chat(HELLO, LONG, LONG, listener));
      server.awaitUnderWay(0);
    }
  }

  @Test
  void givenAnInterrupt_thenTheServerSeesItGo() throws Exception {
    try (var server = OpenAiServer.always(new Reply.Broken(List.of("Well, "), true));
        var models = Asking.to(server, "")) {
      var call = new FutureTask<>(() -> failure(models, LONG, LONG));
      var thread = Thread.ofVirtual().start(call);
      server.awaitUnderWay(1);
      thread.interrupt();
      assertEquals(new Cancelled(), call.get());
      server.awaitUnderWay(0);
    }
  }
}
