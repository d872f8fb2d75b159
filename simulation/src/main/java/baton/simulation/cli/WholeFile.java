package baton.simulation.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// A file that is written when everything is over: whole, in place of what was there, or not at
/// all.
record WholeFile(String option, Path path) {
  static Optional<WholeFile> of(String option, Path path) {
    return Optional.ofNullable(path).map(given -> new WholeFile(option, given));
  }

  /// Before anything is played: nobody waits an hour to learn that it cannot be kept.
  ///
  /// @param inputs what is read, and is not to be lost
  void check(List<Path> inputs) throws Unfit {
    var folder = target().getParent();
    if (path.toString().isBlank() || folder == null || Files.isDirectory(path)) {
      throw new Unfit("baton: " + option + " \"" + path + "\" is no file; name one");
    }
    if (!Files.isDirectory(folder)) {
      throw new Unfit("baton: cannot write " + path + "; name a file in a folder that is there");
    }
    if (!Files.isWritable(folder)) {
      throw new Unfit("baton: cannot write " + path + "; name a folder that can be written to");
    }
    for (var input : inputs) {
      if (isSame(input)) {
        throw new Unfit("baton: %s would overwrite %s; name another file".formatted(option, input));
      }
    }
  }

  boolean isSame(Path other) {
    try {
      return target().equals(other.toAbsolutePath().normalize())
          || Files.exists(path) && Files.exists(other) && Files.isSameFile(path, other);
    } catch (IOException unreadable) {
      return false;
    }
  }

  void write(String text) throws Unfit {
    var draft = target().resolveSibling("." + target().getFileName() + ".draft");
    try {
      try {
        Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
        Files.move(draft, target(), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException unwritten) {
      throw new Unfit("baton: cannot write " + path + "; see that there is room and a right to");
    }
  }

  private Path target() {
    return path.toAbsolutePath().normalize();
  }
}
