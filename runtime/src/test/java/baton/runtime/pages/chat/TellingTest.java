package baton.runtime.pages.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command.Leave.How;
import baton.runtime.view.EventView;
import baton.runtime.view.Played;
import baton.runtime.view.Sight;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a buyer reads of having been away.
class TellingTest {
  private static final Sight SIGHT =
      new Sight(
          Sight.Reader.BUYER,
          sealed -> Optional.of(sealed.ciphertext()),
          (_, line) -> Optional.of(line));

  @Test
  void whoeverLeftReadsItAndThatTheyAreBack() {
    var away = Played.opened().leaves(How.HUNG_UP);
    assertEquals(List.of("You left. Write to go on."), notes(away));
    assertEquals(
        List.of("You left. Write to go on.", "You came back."), notes(away.hears("hello")));
  }

  @Test
  void aMachineIsNotTheBuyer() {
    assertEquals(
        List.of("We reached a machine and not you. Write to go on."),
        notes(Played.opened().leaves(How.VOICEMAIL)));
  }

  @Test
  void theEndOfTheConversationIsNoDeparture() {
    assertEquals(List.of("This conversation has ended."), notes(Played.opened().closed()));
  }

  private static List<String> notes(Played played) {
    return Telling.of(EventView.of(played.entries(), 0, SIGHT), ZoneId.of("UTC")).stream()
        .filter(Talk.Line.Note.class::isInstance)
        .map(line -> ((Talk.Line.Note) line).text())
        .toList();
  }
}
