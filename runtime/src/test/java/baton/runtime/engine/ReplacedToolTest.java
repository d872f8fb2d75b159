package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Permits;
import baton.runtime.tools.ToolProvider;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The provider of docs/tools.md, compiled and packed as its author would, in a real engine.
class ReplacedToolTest {
  @TempDir Path folder;

  @Test
  void givenAProviderInAJarOfItsOwn_thenItCarriesOutWhatTheBuiltInToolDid() throws IOException {
    var contacts = Files.createDirectory(folder.resolve("contacts"));
    try (var engine = EngineProcess.in("replaced-tool").with(jar())) {
      var config = Files.writeString(folder.resolve("baton.conf"), settings("acme-crm", contacts));
      start(engine, config);
      engine.ready();
      var talk =
          Talk.open(engine)
              .say("yes", "the team plan for 12 people", "next Tuesday at 10 am", "the first one")
              .say("yes please", "no e-mail, thanks");
      var effect = talk.effects("write-crm").getFirst();
      assertEquals("confirmed", effect.get("state").asText(), effect.toString());
      assertTrue(talk.fact("crm.contact").asText().startsWith("acme-"), talk.view().toString());
      var kept = contacts.resolve(effect.get("key").asText());
      assertEquals("done", Files.readAllLines(kept).get(1));
      assertEquals(
          0,
          new Ledger(engine.database()).count("select count(*) from crm_contact"),
          "the built-in tool does nothing");
    }
  }

  @Test
  void theDocumentedExampleKeepsItsOwnContract() throws Exception {
    try (var loader = new URLClassLoader(new URL[] {jar().toUri().toURL()})) {
      var contacts = Files.createDirectory(folder.resolve("contract"));
      var provider = ServiceLoader.load(ToolProvider.class, loader).iterator().next();
      var tool = provider.open(ConfigFactory.parseMap(Map.of("folder", contacts.toString())));
      var done = tool.call(effect("k1", "ordered", 0));
      assertInstanceOf(Outcome.Confirmed.class, done);
      assertEquals(
          done, tool.call(effect("k1", "ordered", 0)), "a second call is no second effect");
      assertEquals(done, tool.lookUp(effect("k1", "ordered", 0)));
      var never = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
      assertEquals(never, tool.lookUp(effect("k2", "ordered", 0)));
      assertEquals(never, tool.call(effect("k2", "ordered", 0)), "a late call finds the fence");
      assertEquals(done, tool.call(effect("k2", "ordered", 1)), "a later claim gets past it");
      assertEquals(done, tool.lookUp(effect("k2", "ordered", 0)));
      try (var files = Files.list(contacts)) {
        assertEquals(2, files.count(), "one file for each key");
      }
    }
  }

  private static Tool.Effect effect(String key, String stage, long second) {
    var action = new Action.WriteCrm(Map.of("stage", Value.of(stage)));
    return new Tool.Effect(
        new ConversationId("default", "c1"),
        "inbound-trial",
        "s1",
        Permits.of(Role.CLOSING, key, action),
        action,
        Map.of(),
        Instant.parse("2027-06-07T12:00:00Z").plusSeconds(second));
  }

  @Test
  void givenANameThatNoProviderHas_thenNothingIsStartedAndOneLineSaysWhatIsThere()
      throws IOException {
    try (var engine = EngineProcess.in("no-such-tool").with(jar())) {
      var config = Files.writeString(folder.resolve("baton.conf"), settings("amce-crm", folder));
      start(engine, config);
      assertEquals(1, engine.exited(Duration.ofSeconds(60)));
      assertEquals(
          "baton: tools.use.crm = amce-crm: there is no such provider; there are builtin, off,"
              + " acme-crm; others are found in the jars that BATON_CLASSPATH names",
          engine
              .err()
              .lines()
              .filter(line -> line.startsWith("baton: "))
              .findFirst()
              .orElseThrow());
    }
  }

  private static void start(EngineProcess engine, Path config) {
    engine.launch("--config", config.toString(), "--data", engine.data().toString(), "--port", "0");
  }

  private static String settings(String provider, Path contacts) {
    return "tools.use.crm = "
        + provider
        + "\ntools.settings."
        + provider
        + ".folder = \""
        + contacts
        + "\"\n";
  }

  private Path jar() throws IOException {
    var classes = Files.createDirectories(folder.resolve("classes"));
    var said = new StringWriter();
    var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    var options = List.of("-d", classes.toString(), "-Xlint:all", "-proc:none");
    boolean compiled = compiler.getTask(said, null, null, options, null, List.of(source())).call();
    assertTrue(compiled, said.toString());
    var jar = folder.resolve("acme-crm.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
      out.putNextEntry(new JarEntry("META-INF/services/baton.runtime.tools.ToolProvider"));
      out.write("acme.FolderCrm\n".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static JavaFileObject source() throws IOException {
    String text =
        Files.readAllLines(root().resolve("docs/tools.md")).stream()
            .dropWhile(line -> !line.equals("```java"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .collect(Collectors.joining("\n"));
    return new SimpleJavaFileObject(
        URI.create("string:///acme/FolderCrm.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    return folder;
  }
}
