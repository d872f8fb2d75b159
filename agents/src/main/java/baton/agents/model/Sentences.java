package baton.agents.model;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text that comes in pieces, taken apart into sentences. A sentence is whole once another one has
/// begun; a very short one goes with the next.
final class Sentences {
  private static final int SHORT_CHARS = 20;

  private final StringBuilder text = new StringBuilder();
  private int taken;

  /// @return the sentences that this piece has made whole
  List<String> with(String piece) {
    text.append(piece);
    var whole = new ArrayList<String>();
    String open = text.substring(taken);
    var breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(open);
    int from = 0;
    for (int to = breaks.next(); to != BreakIterator.DONE && to < open.length(); ) {
      if (to - from >= SHORT_CHARS) {
        whole.add(open.substring(from, to));
        from = to;
      }
      to = breaks.next();
    }
    taken += from;
    return whole;
  }

  /// What is not whole yet.
  String rest() {
    return text.substring(taken);
  }

  int length() {
    return text.length();
  }
}
