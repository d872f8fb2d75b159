package baton.persistence.journal;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serialization$;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

/// Events and states as bytes, by the serializers that Pekko has for them.
final class Payloads {
  private final ExtendedActorSystem system;
  private final Serialization serialization;

  Payloads(ActorSystem system) {
    this.system = (ExtendedActorSystem) system;
    this.serialization = SerializationExtension.get(system);
  }

  /// @param serializer its number
  /// @param type what that serializer calls the value's type
  record Payload(int serializer, String type, byte[] bytes) {}

  /// Actors that a value names are written such that they are found from everywhere.
  Payload written(Object value) {
    return Serialization$.MODULE$.withTransportInformation(
        system,
        () -> {
          var serializer = serialization.findSerializerFor(value);
          var type = Serializers.manifestFor(serializer, value);
          return new Payload(serializer.identifier(), type, serializer.toBinary(value));
        });
  }

  Object read(Payload payload) {
    return serialization.deserialize(payload.bytes, payload.serializer, payload.type).get();
  }
}
