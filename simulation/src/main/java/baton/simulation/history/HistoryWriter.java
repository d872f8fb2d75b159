package baton.simulation.history;

import baton.handoff.ConversationId;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.persistence.codec.Chained;
import baton.persistence.codec.JournalCodec;
import baton.persistence.codec.Link;
import baton.simulation.history.Occurrence.Operation;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes a history as JSON lines, each as a whole and at once, so that what a killed recorder
/// leaves can be read up to its last line. Thread-safe.
///
/// Nothing personal stands in it in the clear: entries and payloads are sealed as they are stored,
/// and of a message there is a digest.
public final class HistoryWriter implements AutoCloseable {
  /// Bound on a history, written or read.
  public static final long SIZE_MAX_BYTES = 256L << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private final OutputStream out;
  private final Map<Long, String> asking = new HashMap<>();
  private final Map<ConversationId, String> heads = new HashMap<>();
  private final Set<String> policies = new HashSet<>();
  private long sizeBytes;

  private HistoryWriter(OutputStream out) {
    this.out = out;
  }

  /// A new history, in place of a file that may be there.
  public static HistoryWriter to(Path file) throws IOException {
    return new HistoryWriter(Files.newOutputStream(file));
  }

  /// A policy that entries after it name.
  public synchronized void policy(PolicyDocument document) {
    var hash = document.policy().hash();
    if (!policies.add(hash)) return;
    var line = line("policy").put("hash", hash);
    write(line.putRawValue("document", new RawValue(document.json())));
  }

  /// @param process who asks, a short name
  public synchronized void invoked(String process, Occurrence.Invoked invoked) {
    if (asking.putIfAbsent(invoked.number(), process) != null) {
      throw new IllegalArgumentException("operation " + invoked.number() + " was invoked before");
    }
    var line = line("invoke").put("process", process).put("at", invoked.at().toString());
    line.put("number", invoked.number()).set("operation", operation(invoked.operation()));
    write(line);
  }

  /// Whatever is no invocation: for that the process must be said.
  public synchronized void append(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Invoked invoked -> invoked("unnamed", invoked);
      case Occurrence.Returned returned -> write(returned(returned));
      case Occurrence.Journaled journaled -> write(journaled(journaled));
      case Occurrence.Advanced(var row) -> write(advanced(row));
      case Occurrence.Claimed claimed -> write(claimed(claimed));
      case Occurrence.Called(var at, var key, var digest, var done) ->
          write(
              line("called")
                  .put("at", at.toString())
                  .put("key", key)
                  .put("digest", digest)
                  .put("done", done));
      case Occurrence.Settled(var claim, var outcome) -> {
        var line = line("settled").put("claim", claim);
        write(line.putRawValue("outcome", new RawValue(JournalCodec.toJson(outcome))));
      }
      case Occurrence.Killed(var at, var process) ->
          write(line("killed").put("at", at.toString()).put("process", process));
    }
  }

  private ObjectNode returned(Occurrence.Returned returned) {
    var process = asking.remove(returned.number());
    if (process == null) {
      throw new IllegalArgumentException("operation " + returned.number() + " is not open");
    }
    return line(name(returned.result()))
        .put("process", process)
        .put("at", returned.at().toString())
        .put("number", returned.number())
        .put("claims", returned.claims());
  }

  /// The row is the journal's own, byte for byte: what an entry is encoded to is always the same.
  private ObjectNode journaled(Occurrence.Journaled journaled) {
    var id = journaled.conversation();
    if (!policies.contains(journaled.entry().now().policy())) {
      throw new IllegalArgumentException("write the policy before the entry that names it");
    }
    var link = Link.of(heads.getOrDefault(id, Chained.FIRST), journaled.entry());
    heads.put(id, link.hash());
    var row = new RawValue(new String(link.bytes(), StandardCharsets.UTF_8));
    return line("journaled").put("conversation", id.key()).putRawValue("row", row);
  }

  private static ObjectNode advanced(Claims.Authority row) {
    return line("advanced")
        .put("conversation", row.conversation().key())
        .put("subject", row.subject())
        .put("authority", row.authority())
        .put("optedOut", row.optedOut());
  }

  private static ObjectNode claimed(Occurrence.Claimed claimed) {
    var claim = claimed.claim();
    return line("claimed")
        .put("n", claim.n())
        .put("permit", claim.permit())
        .put("conversation", claim.conversation().key())
        .put("campaign", claim.campaign())
        .put("role", claim.role().name())
        .put("epoch", claim.epoch())
        .put("kind", claim.kind())
        .put("key", claim.key())
        .put("digest", claim.digest())
        .put("at", claim.at().toString())
        .put("payload", claim.payload())
        .put("policy", claimed.policy())
        .put("authority", claimed.authority());
  }

  private static ObjectNode operation(Operation operation) {
    return switch (operation) {
      case Operation.Say(var conversation, var message, var body) ->
          line("say")
              .put("conversation", conversation.key())
              .put("message", message)
              .put("body", body);
      case Operation.Control(var scope, var mode) ->
          line("control").put("scope", scope.toString()).put("mode", name(mode));
      case Operation.Activate(var campaign, var policy) ->
          line("activate").put("campaign", campaign).put("policy", policy);
      case Operation.TakeOver(var conversation, var operator) ->
          line("take-over").put("conversation", conversation.key()).put("operator", operator);
    };
  }

  private static ObjectNode line(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void write(ObjectNode line) {
    try {
      var bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      sizeBytes += bytes.length;
      if (sizeBytes > SIZE_MAX_BYTES) {
        throw new IllegalStateException(
            "a history is at most " + (SIZE_MAX_BYTES >> 20) + " MiB: record a shorter one");
      }
      out.write(bytes);
    } catch (IOException full) {
      throw new UncheckedIOException("the history cannot be written", full);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("the history cannot be written", failed);
    }
  }
}
