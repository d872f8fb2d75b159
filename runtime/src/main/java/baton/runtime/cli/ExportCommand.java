package baton.runtime.cli;

import baton.handoff.ConversationId;
import baton.persistence.codec.Unreadable;
import baton.persistence.db.Outage;
import baton.persistence.db.Unusable;
import baton.persistence.vault.MasterKey;
import baton.runtime.export.Archive;
import baton.runtime.export.Format;
import baton.runtime.http.Tokens;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton export`
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes conversations down for auditors. It only reads, and may run beside an engine.",
      "Personal texts stay sealed unless --open is said, with the operator token."
    })
public final class ExportCommand implements Callable<Integer> {
  /// Which conversations.
  static final class Which {
    @Option(
        names = "--conversation",
        paramLabel = "ID",
        required = true,
        description = "This one conversation.")
    private String conversation;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        required = true,
        description = "All in which something happened since, as 2026-11-20 or with a time (UTC).")
    private String since;
  }

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "jsonl, csv or html (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file (default: standard output).")
  private Path file;

  @Option(names = "--open", description = "Personal texts in the clear.")
  private boolean open;

  @Option(names = "--token", paramLabel = "TOKEN", description = "The operator token, for --open.")
  private String token;

  @Mixin private Recorded recorded;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    try {
      var wanted = wanted();
      if (open) mayOpen();
      if (file != null && Files.exists(file)) {
        throw new ApiClient.Failure(file + " is there: name another file");
      }
      try (var database = recorded.open()) {
        export(wanted, new Archive(database.source(), ConversationId.DEFAULT_TENANT));
        return 0;
      }
    } catch (Unusable | Unreadable | ApiClient.Failure | IllegalStateException told) {
      err.println("baton: " + told.getMessage());
    } catch (Outage outage) {
      err.println(
          "baton: cannot read the database: check that it runs, and its address, user and"
              + " password");
    } catch (IOException unwritten) {
      var where = file == null ? "standard output" : file.toString();
      err.println("baton: cannot write to " + where + "; name a file that can be written");
    }
    return 1;
  }

  /// Nothing is made before something is found.
  private void export(Format wanted, Archive archive) throws IOException {
    var ids = ids(archive);
    var sight = open ? archive.opened(MasterKey.load(recorded.data)) : archive.sealed();
    if (which.conversation != null && archive.read(ids.getFirst(), sight).isEmpty()) {
      throw new ApiClient.Failure("there is no conversation " + which.conversation);
    }
    try (var out = file == null ? new Shell() : new BufferedOutputStream(created())) {
      var all = ids.stream().map(id -> archive.read(id, sight)).flatMap(Optional::stream);
      wanted.write(all, !open, out);
    }
    if (file != null) {
      var many = ids.size() == 1 ? " conversation" : " conversations";
      spec.commandLine().getErr().println(ids.size() + many + " written to " + file + ".");
    }
  }

  private List<ConversationId> ids(Archive archive) {
    if (which.conversation == null) return archive.since(moment(which.since));
    if (!ConversationId.isName(which.conversation)) {
      throw new ApiClient.Failure("there is no conversation " + which.conversation);
    }
    return List.of(new ConversationId(ConversationId.DEFAULT_TENANT, which.conversation));
  }

  private static Instant moment(String text) {
    try {
      return text.length() <= "2026-11-20".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw new ApiClient.Failure(
          "--since is a day or a moment, as 2026-11-20 or 2026-11-20T17:00:00Z");
    }
  }

  private Format wanted() {
    return switch (format) {
      case "jsonl" -> Format.JSONL;
      case "csv" -> Format.CSV;
      case "html" -> Format.HTML;
      default -> throw new ApiClient.Failure("--format is jsonl, csv or html");
    };
  }

  /// The right is shown by the token, not by being able to read the folder.
  private void mayOpen() {
    try {
      if (!Tokens.operatorToken(recorded.data).equals(token)) {
        throw new ApiClient.Failure("--open needs the operator token: give it with --token");
      }
    } catch (IOException unreadable) {
      throw new ApiClient.Failure(
          "cannot read "
              + recorded.data.resolve("operator-token")
              + ": name the folder with --data");
    }
  }

  /// Readable by its owner alone.
  private OutputStream created() throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.newOutputStream(Files.createFile(file, owner), StandardOpenOption.WRITE);
  }

  /// Standard output, which stays open.
  private static final class Shell extends FilterOutputStream {
    Shell() {
      super(new BufferedOutputStream(System.out));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
