package baton.simulation.torture;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.simulation.torture.Door.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What an operator wants to be set, on the version that was seen before.
///
/// @param what it is about
/// @param wanted how it stands once it is carried out
record Order(String what, String wanted, Kind kind) {
  private sealed interface Kind {
    record Control(Scope scope, String mode) implements Kind {}

    record Activation(String campaign, PolicyDocument policy) implements Kind {}
  }

  /// How it stands.
  record Seen(String value, long version) {
    boolean isOf(Order order) {
      return value.equals(order.wanted);
    }

    private String etag() {
      return '"' + Long.toString(version) + '"';
    }
  }

  static Order control(Scope scope, Mode mode) {
    var wanted = mode == Mode.PAUSED ? "paused" : "running";
    return new Order(scope.toString(), wanted, new Kind.Control(scope, wanted));
  }

  static Order activation(String campaign, PolicyDocument policy) {
    return new Order(
        "policy of " + campaign, policy.policy().hash(), new Kind.Activation(campaign, policy));
  }

  /// How it stands there, empty where the node does not say.
  Optional<Seen> look(Door door) {
    return switch (kind) {
      case Kind.Control(var scope, _) ->
          look(door.get("/v1/controls"), "scope", scope.toString(), "mode");
      case Kind.Activation(var campaign, _) ->
          look(door.get("/v1/policies"), "campaign", campaign, "version");
    };
  }

  private static Optional<Seen> look(Answer answer, String name, String which, String value) {
    if (answer.status() != 200) return Optional.empty();
    return Optional.of(
        answer.list().stream()
            .filter(one -> one.path(name).asText().equals(which))
            .findFirst()
            .map(one -> new Seen(one.path(value).asText(), version(one)))
            .orElse(new Seen("", 0)));
  }

  Answer send(Door door, Seen seen) {
    return switch (kind) {
      case Kind.Control(var scope, var mode) ->
          door.control(scope.toString(), mode, "a test", seen.etag());
      case Kind.Activation(_, var policy) -> door.activate(policy.json(), seen.etag());
    };
  }

  private static long version(JsonNode answer) {
    return Long.parseLong(answer.path("etag").asText());
  }
}
