package baton.runtime;

import baton.handoff.Command;
import baton.handoff.Decision.Refusal;
import baton.persistence.codec.JournalCodec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// What goes to a supervisor from another node, and its answers. A command has the form it has in
/// the journal, so nodes that read each other's journals read each other.
public final class SupervisorSerializer extends SerializerWithStringManifest {
  private static final int ID = 735_502;
  private static final JsonMapper JSON = new JsonMapper();

  private final ActorRefResolver refs;

  public SupervisorSerializer(ExtendedActorSystem system) {
    refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return ID;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case Supervisor.Envelope _ -> "E";
      case Supervisor.Inside _ -> "I";
      case Supervisor.Look _ -> "L";
      case Engine.Reply.Done _ -> "D";
      case Engine.Reply.Unchanged _ -> "U";
      case Engine.Reply.Rejected _ -> "R";
      case Engine.Reply.Busy _ -> "B";
      default -> throw staysHere(message);
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    var json = JSON.createObjectNode();
    switch (message) {
      case Supervisor.Envelope(var command, var replyTo, var place) -> {
        json.put("command", JournalCodec.toJson(command));
        json.put("replyTo", refs.toSerializationFormat(replyTo));
        json.put("place", place);
      }
      case Supervisor.Inside(var command, var place) ->
          json.put("command", JournalCodec.toJson(command)).put("place", place);
      case Supervisor.Look(var row) -> json.put("row", row);
      case Engine.Reply.Done(var seq) -> json.put("seq", seq);
      case Engine.Reply.Unchanged(var seq) -> json.put("seq", seq);
      case Engine.Reply.Rejected(var refusal, var detail) ->
          json.put("refusal", refusal.name()).put("detail", detail);
      case Engine.Reply.Busy(var retryAfter) -> json.put("retryAfterMs", retryAfter.toMillis());
      default -> throw staysHere(message);
    }
    return bytes(json);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    var json = json(bytes);
    return switch (manifest) {
      case "E" ->
          new Supervisor.Envelope(
              command(json),
              refs.resolveActorRef(json.required("replyTo").asText()),
              json.required("place").asText());
      case "I" -> new Supervisor.Inside(command(json), json.required("place").asText());
      case "L" -> new Supervisor.Look(json.required("row").asLong());
      case "D" -> new Engine.Reply.Done(json.required("seq").asLong());
      case "U" -> new Engine.Reply.Unchanged(json.required("seq").asLong());
      case "R" ->
          new Engine.Reply.Rejected(
              Refusal.valueOf(json.required("refusal").asText()), json.required("detail").asText());
      case "B" -> new Engine.Reply.Busy(Duration.ofMillis(json.required("retryAfterMs").asLong()));
      default -> throw new NotSerializableException("no message is called " + manifest);
    };
  }

  private static Command command(JsonNode json) {
    return JournalCodec.command(json.required("command").asText());
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Without what stands there: it may be personal.
  private static JsonNode json(byte[] bytes) throws NotSerializableException {
    try {
      return JSON.readTree(bytes);
    } catch (IOException damaged) {
      throw new NotSerializableException("a message that is no JSON");
    }
  }

  private static IllegalArgumentException staysHere(Object message) {
    return new IllegalArgumentException(message.getClass().getSimpleName() + " stays on its node");
  }
}
