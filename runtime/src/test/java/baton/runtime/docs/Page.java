package baton.runtime.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A page of the documentation, and the fenced blocks in it.
record Page(Path file, List<String> lines, List<Block> blocks) {
  private static final String FENCE = "```";

  /// @param first the number of its first line within the page, from 0
  /// @param language what stands behind the fence
  record Block(String language, int first, List<String> lines) {}

  static Page of(Path file) {
    var lines = read(file);
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) continue;
      int end = i + 1;
      while (!lines.get(end).equals(FENCE)) end++;
      blocks.add(
          new Block(lines.get(i).substring(FENCE.length()), i + 1, lines.subList(i + 1, end)));
      i = end;
    }
    return new Page(file, lines, List.copyOf(blocks));
  }

  /// Where a line is, as one looks for it.
  String place(int line) {
    return file.getFileName() + ":" + (line + 1);
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
