package baton.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.agents.Agent;
import baton.agents.AgentActor;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Rows;
import baton.agents.Thought;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// What an agent's actor logs is about its conversation.
@Timeout(30)
class AgentLogTest {
  private final ActorTestKit kit = ActorTestKit.create(PersistenceTestKitPlugin.config());
  private final Logger logger = (Logger) LoggerFactory.getLogger(AgentActor.class);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getMDCPropertyMap().get("conversation") + ": " + event);
        }
      };

  @AfterEach
  void end() {
    logger.detachAppender(listener);
    kit.shutdownTestKit();
  }

  @Test
  void givenAnAgentThatFails_thenItsLineSaysWhoseConversationItIs() throws InterruptedException {
    listener.start();
    logger.addAppender(listener);
    var id = new ConversationId("default", "c1");
    var actor =
        kit.spawn(
            LogLayout.about(id, AgentActor.create(id, Role.BOOKING, new Plain(), Runnable::run)));
    var offer = new Offer(Role.CLOSING, Role.BOOKING, new TreeMap<>());
    actor.tell(
        new AgentActor.Consider(1, offer, new Failing(), kit.<Command>createTestProbe().ref()));
    assertEquals(
        "default.c1: [WARN] considering an offer failed:"
            + " java.util.concurrent.CompletionException",
        lines.poll(20, TimeUnit.SECONDS));
  }

  private static final class Failing implements Agent {
    @Override
    public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
      throw new IllegalStateException("not asked");
    }

    @Override
    public Reply consider(Offer offer) {
      throw new IllegalStateException("Ada Lovelace");
    }
  }

  private static final class Plain implements Rows<AgentEvent> {
    @Override
    public String first() {
      return "";
    }

    @Override
    public AgentEvent row(String previousHash, AgentEvent event) {
      return event;
    }

    @Override
    public AgentEvent event(AgentEvent row) {
      return row;
    }

    @Override
    public String hash(AgentEvent row) {
      return "";
    }
  }
}
