package baton.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// A line of the log in both layouts, as the configuration of the product has them.
class LogLayoutTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = logger();

  private Logger logger() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    return context.getLogger("baton.Some");
  }

  @Test
  void givenAnException_thenItsKindAndPlaceAreLogged_andNoMessage() throws JoranException {
    var inner = new IllegalArgumentException("Ada Lovelace");
    inner.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 7)});
    var outer = new IllegalStateException("Ada", inner);
    outer.setStackTrace(new StackTraceElement[0]);
    var plain = line(plain(), outer).substring("12:00:00.000 ".length());
    assertEquals(
        "WARN  Some it broke (java.lang.IllegalStateException from"
            + " java.lang.IllegalArgumentException at a.B.c(B.java:7))\n",
        plain);
    assertEquals(
        "\"formattedMessage\":\"it broke\",\"exception\":\"java.lang.IllegalStateException from"
            + " java.lang.IllegalArgumentException at a.B.c(B.java:7)\"}\n",
        line(json(), outer).replaceFirst(".*\"mdc\": \\{},", ""));
  }

  @Test
  void givenALineAboutAConversation_thenItsIdStandsInBoth() throws JoranException {
    var lines = new ArrayList<String>();
    var layouts = List.of(plain(), json());
    try (var _ = LogLayout.about(new ConversationId("default", "c1"))) {
      for (var layout : layouts) lines.add(line(layout, null));
    }
    assertEquals("WARN  Some [default.c1] it broke\n", lines.get(0).substring(13));
    assertEquals(
        "\"mdc\": {\"conversation\":\"default.c1\"},\"formattedMessage\":\"it broke\"}\n",
        lines.get(1).replaceFirst(".*(?=\"mdc\")", ""));
  }

  @Test
  void givenALibraryThatLogsWithTheJdk_thenItsLinesComeWithOurs() {
    var library = (Logger) LoggerFactory.getLogger("a.library");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    library.addAppender(lines);
    library.setAdditive(false);
    var record = new LogRecord(java.util.logging.Level.WARNING, "{0} is away");
    record.setLoggerName("a.library");
    record.setParameters(new Object[] {"the collector"});
    new JdkLines().publish(record);
    library.detachAppender(lines);
    assertEquals(
        List.of("WARN the collector is away"),
        lines.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList());
  }

  private String line(Encoder<ILoggingEvent> layout, Throwable thrown) {
    var event = new LoggingEvent("", logger, Level.WARN, "it broke", thrown, new Object[0]);
    return new String(layout.encode(event), StandardCharsets.UTF_8);
  }

  private Encoder<ILoggingEvent> json() {
    var lines = new JsonLines();
    lines.setContext(context);
    lines.start();
    return lines;
  }

  /// Of the configuration that is shipped, not the one of the tests.
  private Encoder<ILoggingEvent> plain() throws JoranException {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure("src/main/resources/logback.xml");
    var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
    return ((ConsoleAppender<ILoggingEvent>) appender).getEncoder();
  }
}
