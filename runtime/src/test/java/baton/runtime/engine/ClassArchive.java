package baton.runtime.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// The engine's classes as the JVM keeps them when it is told to: a start that finds them takes
/// half the time. For tests that start many engines; without the archive they only take longer.
final class ClassArchive {
  private final Path folder;
  private final String classPath;

  private ClassArchive(Path folder, String classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  /// Packs the class path of the tests: the JVM archives classes from jars alone.
  static ClassArchive in(Path folder) {
    var jars = new ArrayList<String>();
    for (var part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var path = Path.of(part);
      jars.add(
          Files.isDirectory(path)
              ? packed(path, folder.resolve("classes-" + jars.size() + ".jar")).toString()
              : part);
    }
    return new ClassArchive(folder, String.join(File.pathSeparator, jars));
  }

  private static Path packed(Path classes, Path jar) {
    try (var files = Files.walk(classes);
        var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (var file : files.filter(file -> !file.equals(classes)).sorted().toList()) {
        boolean isFolder = Files.isDirectory(file);
        // Migrations are found by their folder's entry.
        out.putNextEntry(new ZipEntry(classes.relativize(file) + (isFolder ? "/" : "")));
        if (!isFolder) Files.copy(file, out);
      }
      return jar;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The archive is written when the engine is terminated, and read once it is there.
  List<String> flags() {
    var archive = folder.resolve("classes.jsa");
    var use = Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    return List.of(use + archive, "-Xlog:disable", "-cp", classPath);
  }
}
