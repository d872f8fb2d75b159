package baton.runtime.observe;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/// An exception in the log: its kind, where it was made, and what it came from. Never its message,
/// which may quote what a buyer said.
public final class Causes extends ThrowableHandlingConverter {
  private static final int CAUSES_MAX = 8;

  @Override
  public String convert(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return thrown == null ? "" : " (" + of(thrown) + ")";
  }

  static String of(IThrowableProxy thrown) {
    var out = new StringBuilder();
    var cause = thrown;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
      if (i > 0) out.append(" from ");
      out.append(cause.getClassName());
      var made = cause.getStackTraceElementProxyArray();
      if (made.length > 0) out.append(' ').append(made[0].getSTEAsString());
    }
    return out.toString();
  }
}
