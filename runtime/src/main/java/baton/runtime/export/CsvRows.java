package baton.runtime.export;

import baton.runtime.csv.CsvOut;
import baton.runtime.view.Timeline;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A row for each thing that was said, decided or moved, in order.
final class CsvRows {
  private static final List<String> COLUMNS =
      List.of(
          "conversation",
          "event",
          "at",
          "by",
          "kind",
          "verdict",
          "what",
          "rule",
          "clause",
          "owner",
          "policy",
          "outcome",
          "said");

  private CsvRows() {}

  static void write(Stream<Exported> all, OutputStream out) {
    var rows = new CsvOut(out);
    rows.row(COLUMNS);
    all.forEach(exported -> {
      for (var row : exported.timeline().rows()) {
        var cells = new ArrayList<String>();
        cells.add(exported.id().key());
        cells.add(Long.toString(row.seq()));
        cells.add(row.at().toString());
        cells.addAll(cells(row.content()));
        rows.row(cells);
      }
    });
  }

  private static List<String> cells(Timeline.Content content) {
    return switch (content) {
      case Timeline.Heard heard ->
          cells("buyer", "heard", "", String.join(", ", heard.understood()), said(heard.text()));
      case Timeline.Decision decision -> decision(decision);
      case Timeline.Moved moved ->
          cells(
              moved.holder().isEmpty() ? "nobody" : moved.holder(), "moved", "", moved.words(), "");
      case Timeline.Note note -> cells("engine", "note", "", note.words(), "");
    };
  }

  private static List<String> decision(Timeline.Decision decision) {
    var why = decision.explained();
    return List.of(
        decision.by(),
        "decided",
        why.verdict(),
        why.heading(),
        why.leading().rule(),
        why.leading().clause(),
        why.leading().owner(),
        decision.policy(),
        decision.outcome(),
        decision.words().map(words -> said(words.text())).orElse(""));
  }

  private static String said(String text) {
    return Optional.ofNullable(text).orElse("(erased)");
  }

  private static List<String> cells(
      String by, String kind, String verdict, String what, String said) {
    return List.of(by, kind, verdict, what, "", "", "", "", "", said);
  }
}
