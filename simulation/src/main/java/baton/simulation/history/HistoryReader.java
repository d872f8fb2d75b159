package baton.simulation.history;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.persistence.codec.JournalCodec;
import baton.persistence.codec.Link;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads what [HistoryWriter] wrote, and nothing else: journals are folded here, and policies are
/// compiled from the history itself, so that a file is enough to check it.
public final class HistoryReader {
  private final Consumer<Occurrence> each;
  private final Map<String, Policy> policies = new HashMap<>();
  private final Map<ConversationId, State> states = new HashMap<>();
  private final Set<Long> open = new HashSet<>();
  private long lastInvoked;

  private HistoryReader(Consumer<Occurrence> each) {
    this.each = each;
  }

  /// Hands each occurrence on, in order, until the end or the first line that is not as it should
  /// be.
  ///
  /// @throws Unreadable naming that line
  public static void read(Path file, Consumer<Occurrence> each) throws IOException {
    if (Files.size(file) > HistoryWriter.SIZE_MAX_BYTES) {
      throw new Unreadable(1, "a history is at most " + HistoryWriter.SIZE_MAX_BYTES + " bytes");
    }
    boolean whole = endsALine(file);
    try (var lines = Files.newBufferedReader(file)) {
      new HistoryReader(each).read(lines, whole);
    }
  }

  private static boolean endsALine(Path file) throws IOException {
    try (var bytes = Files.newByteChannel(file)) {
      if (bytes.size() == 0) throw new Unreadable(1, "the history is empty: record one");
      var last = ByteBuffer.allocate(1);
      bytes.position(bytes.size() - 1).read(last);
      return last.get(0) == '\n';
    }
  }

  private void read(BufferedReader lines, boolean whole) throws IOException {
    long number = 0;
    try {
      for (var text = lines.readLine(); text != null; ) {
        number++;
        var next = lines.readLine();
        if (next == null && !whole) {
          throw new Unreadable(number, "the last line was cut off: take it out");
        }
        take(Line.parse(number, text));
        text = next;
      }
    } catch (CharacterCodingException other) {
      throw new Unreadable(number + 1, "it is no UTF-8: record it anew");
    }
  }

  private void take(Line line) {
    var type = line.text("type");
    var occurrence =
        switch (type) {
          case "policy" -> policy(line);
          case "invoke" -> Optional.of(invoked(line));
          case "ok" -> Optional.of(returned(line, Result.OK));
          case "fail" -> Optional.of(returned(line, Result.FAIL));
          case "unknown" -> Optional.of(returned(line, Result.UNKNOWN));
          case "journaled" -> Optional.of(journaled(line));
          case "advanced" -> Optional.of(advanced(line));
          case "claimed" -> Optional.of(claimed(line));
          case "called" -> Optional.of(called(line));
          case "settled" -> Optional.of(settled(line));
          case "killed" ->
              Optional.of(new Occurrence.Killed(line.instant("at"), line.text("process")));
          case String other -> throw line.unknown(other);
        };
    line.end();
    occurrence.ifPresent(each);
  }

  private Optional<Occurrence> policy(Line line) {
    var hash = line.text("hash");
    switch (PolicyCompiler.fromJson(line.json("document"))) {
      case Compilation.Compiled(var document) when document.policy().hash().equals(hash) ->
          policies.put(hash, document.policy());
      case Compilation.Compiled _ -> throw line.broken("the document has another hash");
      case Compilation.Invalid _ ->
          throw line.broken("this version does not compile the policy: use the one that wrote it");
    }
    return Optional.empty();
  }

  private Occurrence invoked(Line line) {
    line.text("process");
    var at = line.instant("at");
    long number = line.number("number");
    if (number <= lastInvoked) {
      throw line.broken("operation " + number + " comes after " + lastInvoked + ": they must rise");
    }
    lastInvoked = number;
    open.add(number);
    var inner = line.line("operation");
    var operation = operation(inner);
    inner.end();
    return new Occurrence.Invoked(at, number, operation);
  }

  private static Operation operation(Line line) {
    return switch (line.text("type")) {
      case "say" -> new Operation.Say(line.conversation(), line.text("message"), line.text("body"));
      case "control" ->
          new Operation.Control(
              line.text("scope", text -> Scope.parse(text).orElseThrow(NOT_ITS_FORM)),
              line.text("mode", HistoryReader::mode));
      case "activate" -> new Operation.Activate(line.text("campaign"), line.text("policy"));
      case "take-over" -> new Operation.TakeOver(line.conversation(), line.text("operator"));
      case String other -> throw line.unknown(other);
    };
  }

  private static final Supplier<IllegalArgumentException> NOT_ITS_FORM =
      IllegalArgumentException::new;

  private static Mode mode(String text) {
    for (var mode : Mode.values()) if (HistoryWriter.name(mode).equals(text)) return mode;
    throw NOT_ITS_FORM.get();
  }

  private Occurrence returned(Line line, Result result) {
    line.text("process");
    var at = line.instant("at");
    long number = line.number("number");
    if (!open.remove(number)) {
      throw line.broken("operation " + number + " is not open: no invoke, or two answers");
    }
    return new Occurrence.Returned(at, number, result, line.number("claims"));
  }

  private Occurrence journaled(Line line) {
    var id = line.conversation();
    var entry = entry(line);
    var policy = policies.get(entry.now().policy());
    if (policy == null) {
      throw line.broken("no policy line of hash " + entry.now().policy() + " stands before it");
    }
    var journaled = folded(line, states.getOrDefault(id, Conversation.blank(id)), entry, policy);
    states.put(id, journaled.after());
    return journaled;
  }

  private static Entry entry(Line line) {
    try {
      return Link.read(line.json("row").getBytes(StandardCharsets.UTF_8)).entry();
    } catch (baton.persistence.codec.Unreadable damage) {
      throw line.broken(damage.getMessage());
    }
  }

  private static Occurrence.Journaled folded(Line line, State before, Entry entry, Policy policy) {
    try {
      return Occurrence.Journaled.of(before, entry, policy);
    } catch (RuntimeException impossible) {
      throw line.broken("the entry cannot follow what stands before it in its journal");
    }
  }

  private static Occurrence advanced(Line line) {
    return new Occurrence.Advanced(
        new Claims.Authority(
            line.conversation(),
            line.text("subject"),
            line.number("authority"),
            line.truth("optedOut")));
  }

  private static Occurrence claimed(Line line) {
    var claim =
        new Claims.Claim(
            line.number("n"),
            line.text("permit"),
            line.conversation(),
            line.text("campaign"),
            line.text("role", Role::new),
            line.number("epoch"),
            line.text("kind"),
            line.text("key"),
            line.text("digest"),
            Claims.ClaimState.CLAIMED,
            line.instant("at"),
            Optional.empty(),
            line.text("payload"),
            Optional.empty());
    return new Occurrence.Claimed(claim, line.text("policy"), line.number("authority"));
  }

  private static Occurrence called(Line line) {
    return new Occurrence.Called(
        line.instant("at"), line.text("key"), line.text("digest"), line.truth("done"));
  }

  private static Occurrence settled(Line line) {
    long claim = line.number("claim");
    try {
      return new Occurrence.Settled(claim, JournalCodec.outcome(line.json("outcome")));
    } catch (baton.persistence.codec.Unreadable other) {
      throw line.broken("'outcome' is none that this version knows: use the one that wrote it");
    }
  }
}
