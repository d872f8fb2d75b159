package baton.runtime.observe;

import baton.agents.AgentActor;
import baton.handoff.ConversationId;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// How the lines of the log look.
public enum LogLayout {
  /// For people, as `logback.xml` has it.
  PLAIN,
  JSON;

  /// What a line is about, as both layouts show it.
  private static final String CONVERSATION = "conversation";

  /// What this thread logs is about a conversation, until this is closed.
  public static MDC.MDCCloseable about(ConversationId id) {
    return MDC.putCloseable(CONVERSATION, id.key());
  }

  /// An agent of a conversation, in whose context its lines are logged.
  public static Behavior<AgentActor.Message> about(
      ConversationId id, Behavior<AgentActor.Message> agent) {
    return Behaviors.withMdc(AgentActor.Message.class, Map.of(CONVERSATION, id.key()), agent);
  }

  /// From now on.
  public void apply() {
    JdkLines.install();
    if (this == PLAIN) return;
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var lines = new JsonLines();
    lines.setContext(root.getLoggerContext());
    lines.start();
    root.iteratorForAppenders()
        .forEachRemaining(appender -> {
          if (appender instanceof ConsoleAppender<ILoggingEvent> console) console.setEncoder(lines);
        });
  }
}
