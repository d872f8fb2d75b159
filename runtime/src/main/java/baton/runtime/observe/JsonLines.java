package baton.runtime.observe;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// Each line of the log as a JSON object, for what collects logs.
public final class JsonLines extends JsonEncoder {
  public JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMarkers(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithArguments(false);
    setWithFormattedMessage(true);
    // It would write messages of exceptions.
    setWithThrowable(false);
  }

  @Override
  protected void appendCustomFields(StringBuilder out, ILoggingEvent event) {
    if (event.getThrowableProxy() == null) return;
    out.append(',');
    appenderMember(out, "exception", Causes.of(event.getThrowableProxy()));
  }
}
