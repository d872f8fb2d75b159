package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Command;
import baton.handoff.Decision;
import baton.handoff.Outcome;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What goes from node to node is there what it was here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupervisorSerializerTest {
  private static final String PLACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private ActorTestKit kit;
  private SupervisorSerializer serializer;

  @BeforeAll
  void start() throws NotSerializableException {
    var alone = ConfigFactory.parseString("pekko.actor.provider = local");
    kit = ActorTestKit.create(alone.withFallback(ConfigFactory.load()));
    var system = Adapter.toClassic(kit.system());
    serializer =
        assertInstanceOf(
            SupervisorSerializer.class,
            SerializationExtension.get(system).serializerFor(Supervisor.Look.class));
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void everyMessageAndEveryReplyComesWhole() throws NotSerializableException {
    TestProbe<Engine.Reply> sender = kit.createTestProbe();
    var all =
        Stream.of(
                new Supervisor.Envelope(new Command.TakeOver("ann"), sender.ref(), PLACE),
                new Supervisor.Envelope(new Command.Wake(), sender.ref(), ""),
                new Supervisor.Inside(
                    new Command.Settle(
                        "p", 7, "digest", Instant.EPOCH, new Outcome.Unknown("timed-out")),
                    PLACE),
                new Supervisor.Look(41),
                new Engine.Reply.Done(12),
                new Engine.Reply.Unchanged(11),
                new Engine.Reply.Rejected(Decision.Refusal.CONFLICT, "it is not with a person"),
                new Engine.Reply.Busy(Duration.ofMillis(1500)))
            .toList();
    for (var message : all) {
      var bytes = serializer.toBinary(message);
      assertEquals(message, serializer.fromBinary(bytes, serializer.manifest(message)));
    }
  }

  @Test
  void whatIsANodesOwnStaysThere_andWhatIsDamagedIsNotShown() throws Exception {
    var own = new Supervisor.Inside(new Command.Wake(), "");
    var bytes = serializer.toBinary(own);
    assertThrows(NotSerializableException.class, () -> serializer.fromBinary(bytes, "X"));
    var damaged = "{\"Ada Lovelace".getBytes(StandardCharsets.UTF_8);
    var told =
        assertThrows(NotSerializableException.class, () -> serializer.fromBinary(damaged, "L"));
    assertFalse(told.getMessage().contains("Ada"));
    assertThrows(IllegalArgumentException.class, () -> serializer.manifest("a string"));
  }
}
