package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Entry;
import baton.handoff.State;
import baton.handoff.agent.AgentEvent;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// As the journal finds it: through the configuration that lies beside it.
class LinkSerializerTest {
  private static final Link LINK = Link.of(Chained.FIRST, Made.example().of(Entry.class));
  private static final AgentLink AGENTS =
      AgentLink.of(Chained.FIRST, Made.example().of(AgentEvent.class));
  private static final Snapshot SNAPSHOT =
      new Snapshot(JournalCodec.NEWEST, Chained.FIRST, Made.example().of(State.Live.class));

  private static final Config QUIET =
      ConfigFactory.parseString(
          """
          pekko.loggers = []
          pekko.loglevel = off
          pekko.stdout-loglevel = off
          """);

  private static ActorSystem system;
  private static Serialization serialization;

  @BeforeAll
  static void start() {
    system = ActorSystem.create("serializer", QUIET.withFallback(ConfigFactory.load()));
    serialization = SerializationExtension.get(system);
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  @Test
  void whatAJournalHoldsComesBackEqualUnderAManifestThatStaysAsItIs() {
    var manifests = Map.of(LINK, "entry/1", AGENTS, "agent-event/1", SNAPSHOT, "snapshot/1");
    manifests.forEach((value, manifest) -> {
      var serializer =
          assertInstanceOf(
              SerializerWithStringManifest.class, serialization.findSerializerFor(value));
      assertEquals(7_402, serializer.identifier());
      assertEquals(manifest, serializer.manifest(value));
      byte[] bytes = serialization.serialize(value).get();
      assertEquals(value, serialization.deserialize(bytes, 7_402, manifest).get());
    });
  }

  @Test
  void theStoredBytesAreTheChainedOnes() {
    assertSame(LINK.bytes(), serialization.serialize(LINK).get());
    assertSame(AGENTS.bytes(), serialization.serialize(AGENTS).get());
    assertArrayEquals(SNAPSHOT.bytes(), serialization.serialize(SNAPSHOT).get());
  }

  @Test
  void anUnknownManifestIsRefused() {
    var serializer = new LinkSerializer();
    assertThrows(
        NotSerializableException.class, () -> serializer.fromBinary(LINK.bytes(), "entry/2"));
    assertThrows(Unreadable.class, () -> serializer.fromBinary(LINK.bytes(), "agent-event/1"));
  }

  @Test
  void nothingElseIsWrittenAndNothingByJavasOwnSerialization() {
    assertThrows(IllegalArgumentException.class, () -> new LinkSerializer().toBinary("text"));
    assertFalse(system.settings().config().getBoolean("pekko.actor.allow-java-serialization"));
    assertTrue(serialization.serialize(new ArrayList<>(List.of("text"))).isFailure());
  }
}
