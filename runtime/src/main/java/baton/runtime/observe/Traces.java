package baton.runtime.observe;

import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.port.Claims;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What an utterance leads to, as one tree of spans from the request to the outcomes. Only what
/// comes of a request is traced; where no one wants traces, nothing is.
///
/// A place in a tree is a W3C `traceparent`, or empty. It travels in the runtime's own messages,
/// and reaches neither kernel nor journal. Spans say ids, kinds, verdicts and counts, and nothing
/// personal.
public final class Traces implements AutoCloseable {
  /// No place in any tree.
  public static final String NOWHERE = "";

  private static final Duration SEND_EVERY = Duration.ofSeconds(1);
  private static final Duration SEND_MAX = Duration.ofSeconds(5);
  private static final int WAITING_MAX = 4_096;

  private final Optional<SdkTracerProvider> provider;
  private final Tracer tracer;

  private Traces(Optional<SdkTracerProvider> provider) {
    this.provider = provider;
    this.tracer =
        provider
            .map(sdk -> sdk.get("baton"))
            .orElseGet(() -> OpenTelemetry.noop().getTracer("baton"));
  }

  public static Traces off() {
    return new Traces(Optional.empty());
  }

  /// @param endpoint takes OTLP over HTTP; what it does not take in time is dropped
  public static Traces to(URI endpoint) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setTimeout(SEND_MAX)
            .setConnectTimeout(SEND_MAX)
            .build();
    var batches =
        BatchSpanProcessor.builder(exporter)
            .setScheduleDelay(SEND_EVERY)
            .setMaxQueueSize(WAITING_MAX)
            .build();
    return new Traces(
        Optional.of(
            SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder().put("service.name", "baton").build())
                .addSpanProcessor(batches)
                .build()));
  }

  public boolean areOn() {
    return provider.isPresent();
  }

  /// Where this thread is.
  public String here() {
    return areOn() ? Stretch.place(Span.current()) : NOWHERE;
  }

  // --- spans

  /// A request from outside, which may belong to a tree of its sender's.
  ///
  /// @param header of the request, by name
  public Stretch request(String method, String route, Function<String, Optional<String>> header) {
    if (!areOn()) return Stretch.NONE;
    var span =
        tracer
            .spanBuilder(method + " " + route)
            .setParent(parent(header))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .setAttribute("http.route", route)
            .startSpan();
    return Stretch.outside(span);
  }

  /// A step that is durable by now. What follows from it on this thread is below it.
  ///
  /// @param place of what the command came from
  /// @param nanos how long it took
  public Stretch step(String place, ConversationId id, Entry entry, long nanos) {
    if (place.isEmpty()) return Stretch.NONE;
    var command = entry.command().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    var step = begun("step " + command, SpanKind.INTERNAL, place, nanos);
    var kinds = new ArrayList<String>();
    var verdicts = new ArrayList<String>();
    for (var event : entry.events()) {
      switch (event) {
        case Event.Proposed proposed -> kinds.add(proposed.action().kind());
        case Event.Decided decided -> verdicts.add(Labels.word(decided.verdict()));
        case Event.Settled settled -> step.with("baton.outcome", Metrics.word(settled.outcome()));
        case Event _ -> {}
      }
    }
    return step.with("baton.conversation", id.key())
        .with("baton.seq", entry.first())
        .with("baton.events", entry.events().size())
        .with("baton.kinds", kinds)
        .with("baton.verdicts", verdicts);
  }

  /// A claim that was answered.
  ///
  /// @param nanos how long that took
  public Stretch claim(String place, Claims.Request request, Claims.Answer answer, long nanos) {
    if (place.isEmpty()) return Stretch.NONE;
    var permit = request.permit();
    return begun("claim " + permit.kind(), SpanKind.INTERNAL, place, nanos)
        .with("baton.conversation", request.conversation().key())
        .with("baton.permit", permit.id())
        .with("baton.result", Metrics.word(answer));
  }

  /// A part of what this thread is in, from now on.
  Stretch part(String name, SpanKind kind) {
    return begun(name, kind, here(), 0);
  }

  /// @param place where it belongs; where that is nowhere there is no span
  /// @param nanos how long it has been going on
  Stretch begun(String name, SpanKind kind, String place, long nanos) {
    if (place.isEmpty()) return Stretch.NONE;
    var span =
        tracer
            .spanBuilder(name)
            .setParent(parent(key -> Optional.of(place).filter(_ -> key.equals("traceparent"))))
            .setSpanKind(kind)
            .setStartTimestamp(Instant.now().minusNanos(nanos))
            .startSpan();
    return Stretch.entered(span);
  }

  private static Context parent(Function<String, Optional<String>> header) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADERS);
  }

  private static final TextMapGetter<Function<String, Optional<String>>> HEADERS =
      (headers, name) -> headers.apply(name).orElse(null);

  // --- from thread to thread

  /// Runs where this thread is now.
  public Runnable carried(Runnable work) {
    return areOn() ? Context.current().wrap(work) : work;
  }

  /// Everything given to it runs where it was given.
  public Executor carrying(Executor executor) {
    return areOn() ? work -> executor.execute(carried(work)) : executor;
  }

  /// What waits is sent first.
  @Override
  public void close() {
    provider.ifPresent(sdk -> sdk.shutdown().join(SEND_MAX.toMillis(), TimeUnit.MILLISECONDS));
  }
}
