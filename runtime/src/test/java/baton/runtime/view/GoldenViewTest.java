package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import baton.handoff.Entry;
import baton.runtime.view.Sight.Reader;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whole views of a journal made by hand; `-Drewrite` writes the files anew.
class GoldenViewTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  @Test
  void anOperatorSeesTheWholeConversation() throws IOException {
    golden("conversation-operator", view(Journal.begun(), Reader.OPERATOR));
  }

  @Test
  void aBuyerSeesWhatWasSaidAndLearnt() throws IOException {
    golden("conversation-buyer", view(Journal.begun(), Reader.BUYER));
  }

  @Test
  void theEndVoidsWhatWasOpen() throws IOException {
    golden("conversation-closed", view(Journal.whole(), Reader.OPERATOR));
  }

  @Test
  void operatorsGetEveryEvent() throws IOException {
    golden("events-operator", EventView.of(Journal.whole(), 0, Journal.sight(Reader.OPERATOR)));
  }

  @Test
  void buyersGetWhatConcernsThem() throws IOException {
    golden("events-buyer", EventView.of(Journal.whole(), 0, Journal.sight(Reader.BUYER)));
  }

  @Test
  void decisionsExplainThemselves() throws IOException {
    golden("decisions", DecisionView.of(Journal.whole(), Journal.sight(Reader.OPERATOR)));
  }

  @Test
  void aStreamReadInPiecesIsTheSameAsReadWhole() {
    for (var reader : Reader.values()) {
      var whole = EventView.of(Journal.whole(), 0, Journal.sight(reader));
      var feed = new EventView.Feed(Journal.sight(reader));
      var pieces = new ArrayList<EventView>();
      for (Entry entry : Journal.whole()) pieces.addAll(feed.next(List.of(entry)));
      assertEquals(whole, pieces);
      assertEquals(whole.subList(3, whole.size()), after(whole.get(2).seq(), reader));
    }
  }

  @Test
  void erasedTextsShowAsNothing() {
    var blind =
        new Sight(
            Reader.OPERATOR, _ -> java.util.Optional.empty(), (_, _) -> java.util.Optional.empty());
    var view = ConversationView.of(Journal.ID, Journal.whole(), blind, Set.of()).orElseThrow();

    assertFalse(view.transcript().isEmpty());
    view.transcript().forEach(line -> assertEquals(null, line.text()));
    assertEquals(null, view.facts().get("name").value());
  }

  @Test
  void aClaimedPermitShowsAsClaimedUntilItIsSettled() {
    var open = view(Journal.begun(), Reader.OPERATOR).permits().getLast();
    assertEquals("open", open.state());
    var taken =
        ConversationView.of(
                Journal.ID, Journal.begun(), Journal.sight(Reader.OPERATOR), Set.of(open.id()))
            .orElseThrow();
    assertEquals("claimed", taken.permits().getLast().state());
  }

  @Test
  void aPauseShowsUnlessItIsOver() {
    assertEquals("paused", view(Journal.begun(), Reader.BUYER).whilePaused().status());
    assertEquals("closed", view(Journal.whole(), Reader.BUYER).whilePaused().status());
  }

  @Test
  void anEmptyJournalIsNoConversation() {
    assertEquals(
        java.util.Optional.empty(),
        ConversationView.of(Journal.ID, List.of(), Journal.sight(Reader.OPERATOR), Set.of()));
  }

  private static List<EventView> after(long seq, Reader reader) {
    return EventView.of(Journal.whole(), seq, Journal.sight(reader));
  }

  private static ConversationView view(List<Entry> entries, Reader reader) {
    return ConversationView.of(Journal.ID, entries, Journal.sight(reader), Set.of()).orElseThrow();
  }

  private static void golden(String name, Object view) throws IOException {
    var file = Path.of("src/test/resources/views", name + ".json");
    String json = JSON.writeValueAsString(view) + "\n";
    if (System.getProperty("rewrite") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, json);
    }
    assertEquals(Files.readString(file), json);
  }
}
