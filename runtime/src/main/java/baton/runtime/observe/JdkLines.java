package baton.runtime.observe;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Takes what libraries log with the JDK's own logger to where everything else is logged.
final class JdkLines extends Handler {
  private static final SimpleFormatter WORDS = new SimpleFormatter();

  static void install() {
    LogManager.getLogManager().reset();
    LogManager.getLogManager().getLogger("").addHandler(new JdkLines());
  }

  @Override
  public void publish(LogRecord line) {
    LoggerFactory.getLogger(String.valueOf(line.getLoggerName()))
        .atLevel(level(line))
        .setCause(line.getThrown())
        .log(WORDS.formatMessage(line));
  }

  private static Level level(LogRecord line) {
    int level = line.getLevel().intValue();
    if (level >= java.util.logging.Level.SEVERE.intValue()) return Level.ERROR;
    if (level >= java.util.logging.Level.WARNING.intValue()) return Level.WARN;
    return level >= java.util.logging.Level.INFO.intValue() ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
