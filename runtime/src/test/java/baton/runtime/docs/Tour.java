package baton.runtime.docs;

import baton.runtime.docs.Page.Block;
import baton.runtime.engine.EngineProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A reader who does what the pages say, line by line, in a folder with nothing in it but the
/// sample policies: one terminal runs the engine, one talks to it, one is a shell.
final class Tour implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// What a reader does and this one cannot, for it would test the tests.
  private static final Set<String> BY_HAND = Set.of("mvn verify");

  private static final String SERVE = "./baton serve";
  private static final String CHAT = "./baton chat";
  private static final String KILL = "pkill -9 -f \"baton.runtime.Main serve\"";

  private final EngineProcess engine = EngineProcess.in("docs");
  private final Likeness likeness = new Likeness();
  private final Path root;
  private final Terminal shell;
  private Terminal chat;
  private URI address;

  /// @param root the folder with the pages and the policies
  Tour(Path root) {
    this.root = root;
    this.shell = Terminal.start(engine.home(), "sh");
  }

  /// Follows the block, which is one of commands and what they show, or a chat that goes on.
  ///
  /// @return its lines as they were in this run
  List<String> follow(Page page, Block block) {
    var followed = new ArrayList<String>();
    for (int i = 0; i < block.lines().size(); ) {
      String line = block.lines().get(i);
      int end = i + 1;
      while (end < block.lines().size() && !block.lines().get(end).startsWith("$ ")) end++;
      boolean isCommand = line.startsWith("$ ");
      var expected = block.lines().subList(isCommand ? i + 1 : i, end);
      try {
        if (isCommand) followed.add("$ " + own(likeness.meant(line.substring(2))));
        followed.addAll(isCommand ? command(line.substring(2), expected) : talk(expected));
      } catch (AssertionError wrong) {
        throw new AssertionError(page.place(block.first() + i) + ": " + wrong.getMessage(), wrong);
      }
      i = end;
    }
    return followed;
  }

  private List<String> command(String command, List<String> expected) {
    if (BY_HAND.contains(command)) return expected;
    if (command.equals(SERVE)) return serve(expected);
    if (command.equals(KILL)) {
      engine.kill9();
      return expected;
    }
    if (command.startsWith(CHAT)) {
      chat = Terminal.start(engine.home(), "sh", "-c", "exec " + here(command));
      return talk(expected);
    }
    return run(command, expected);
  }

  /// The first time, and after it was killed, it starts; where the page shows more it is compared.
  private List<String> serve(List<String> expected) {
    if (address == null) {
      address = engine.launch("--data", "data", "--port", "0").ready();
      furnish();
    } else if (!engine.isRunning()) {
      engine.launch("--data", "data", "--port", Integer.toString(address.getPort())).ready();
    }
    if (expected.isEmpty()) return expected;
    var shown = engine.out().stripTrailing().lines().map(this::own).toList();
    compare(expected, shown);
    return shown;
  }

  private List<String> run(String command, List<String> expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var shown = shell.run(here(command));
      boolean again = onlyReads(command) && System.nanoTime() < deadline;
      if (again && !alike(expected, shown)) continue;
      compare(expected, shown);
      return shown;
    }
  }

  /// What is done takes its time, so whoever reads too early reads again.
  private static boolean onlyReads(String command) {
    return command.startsWith("curl ") && !command.contains(" -d ") && !command.contains(" -X ");
  }

  private List<String> talk(List<String> expected) {
    if (chat == null) throw new AssertionError("nobody chats");
    var shown = new ArrayList<String>();
    for (String line : expected) {
      if (line.startsWith("> ")) chat.type(line.substring(2));
      String next = chat.next();
      shown.add(next.startsWith("You: ") ? "> " + next.substring("You: ".length()) : next);
      compare(List.of(line), List.of(shown.getLast()));
    }
    return shown;
  }

  private boolean alike(List<String> expected, List<String> shown) {
    if (expected.size() != shown.size()) return false;
    for (int i = 0; i < expected.size(); i++) {
      if (!likeness.alike(expected.get(i), shown.get(i))) return false;
    }
    return true;
  }

  private void compare(List<String> expected, List<String> shown) {
    if (alike(expected, shown) || Boolean.getBoolean("rewrite")) return;
    throw new AssertionError(
        "the page shows\n"
            + String.join("\n", expected)
            + "\nbut there is\n"
            + String.join("\n", shown));
  }

  /// As it is run here: with the ids of this run and this engine's port.
  private String here(String command) {
    return likeness.meant(command).replace("127.0.0.1:8080", "127.0.0.1:" + address.getPort());
  }

  /// As the page has it: a reader's engine is at the usual port.
  private String own(String line) {
    return address == null
        ? line
        : line.replace("127.0.0.1:" + address.getPort(), "127.0.0.1:8080");
  }

  /// The launcher, on this class path and this engine, and the policies.
  private void furnish() {
    var launcher = engine.home().resolve("baton");
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    try {
      Files.writeString(
          launcher,
          """
          #!/bin/sh
          case "$*" in
            *--url*) ;;
            chat*|control*|crm*|leads*|outreach*|policy\\ activate*) set -- "$@" --url %s ;;
          esac
          exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp %s baton.runtime.Main "$@"
          """
              .formatted(address, java, System.getProperty("java.class.path")));
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
      Files.createSymbolicLink(engine.home().resolve("policies"), root.resolve("policies"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    if (chat != null) chat.close();
    shell.close();
    engine.close();
  }
}
