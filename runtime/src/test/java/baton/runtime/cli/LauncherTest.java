package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher, beside a jar that is built, with a JDK that only says what it was asked.
class LauncherTest {
  @TempDir Path root;

  @BeforeEach
  void builtAndWithAJdk() throws IOException {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    Files.copy(folder.resolve("baton"), root.resolve("baton"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createDirectories(root.resolve("runtime/src/main"));
    Files.createDirectories(root.resolve("jdk/bin"));
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (var tool : new String[] {"java", "javac"}) {
      var file = root.resolve("jdk/bin").resolve(tool);
      Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      file.toFile().setExecutable(true);
    }
    Files.createDirectories(root.resolve("bench/target"));
    Files.writeString(root.resolve("bench/target/baton-bench.jar"), "");
  }

  @Test
  void theClassPathIsOursAndBehindItWhatTheVariableNames() throws Exception {
    var ours =
        String.join(
            ":",
            root + "/runtime/target/lib/*",
            root + "/runtime/target/baton-runtime.jar",
            root + "/simulation/target/baton-simulation.jar",
            root + "/bench/target/lib/*",
            root + "/bench/target/baton-bench.jar");
    assertEquals(ours, classPath(Map.of()));
    assertEquals(ours, classPath(Map.of("BATON_CLASSPATH", "")));
    assertEquals(
        ours + ":/opt/a tool.jar:/opt/b/*",
        classPath(Map.of("BATON_CLASSPATH", "/opt/a tool.jar:/opt/b/*")));
  }

  private String classPath(Map<String, String> variables) throws Exception {
    var launcher = new ProcessBuilder(root.resolve("baton").toString(), "serve");
    launcher.environment().remove("BATON_CLASSPATH");
    launcher.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    launcher.environment().putAll(variables);
    var process = launcher.redirectErrorStream(true).start();
    var said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), said.toString());
    return said.get(said.indexOf("-cp") + 1);
  }
}
