package baton.runtime.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.Callable;

/// A span that is going on, until it is closed. Where nothing is traced it is [#NONE].
public final class Stretch implements AutoCloseable {
  public static final Stretch NONE = new Stretch(Span.getInvalid(), Scope.noop());

  private final Span span;
  private final Scope scope;

  private Stretch(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /// This thread is in it, and closes it.
  static Stretch entered(Span span) {
    return new Stretch(span, span.makeCurrent());
  }

  /// No thread is in it yet, see [#within].
  static Stretch outside(Span span) {
    return new Stretch(span, Scope.noop());
  }

  /// Where it is in its tree: a W3C `traceparent`, or empty.
  String place() {
    return place(span);
  }

  static String place(Span span) {
    var at = span.getSpanContext();
    return at.isValid()
        ? "00-" + at.getTraceId() + "-" + at.getSpanId() + "-" + at.getTraceFlags().asHex()
        : Traces.NOWHERE;
  }

  public Stretch with(String name, String value) {
    span.setAttribute(name, value);
    return this;
  }

  public Stretch with(String name, long value) {
    span.setAttribute(name, value);
    return this;
  }

  Stretch with(String name, List<String> values) {
    if (!values.isEmpty()) span.setAttribute(AttributeKey.stringArrayKey(name), values);
    return this;
  }

  /// The same work, in it on whatever thread does it.
  public <T> Callable<T> within(Callable<T> work) {
    if (this == NONE) return work;
    return () -> {
      try (var _ = span.makeCurrent()) {
        return work.call();
      }
    };
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
