package baton.runtime.observe;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Permit;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final int PERMITS_MAX = 10_000;

  private final Optional<SdkTracerProvider> provider;
  private final Tracer tracer;

  /// Places of permits that were claimed and have no outcome yet.
  private final Map<String, String> permits = new ConcurrentHashMap<>();

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

  /// A claim that was answered. What comes of its permit is below it, on whatever thread.
  ///
  /// @param nanos how long that took
  public void claim(String place, Claims.Request request, Claims.Answer answer, long nanos) {
    if (place.isEmpty()) return;
    var permit = request.permit();
    try (var claim = begun("claim " + permit.kind(), SpanKind.INTERNAL, place, nanos)) {
      claim
          .with("baton.conversation", request.conversation().key())
          .with("baton.permit", permit.id())
          .with("baton.result", Metrics.word(answer));
      if (permits.size() < PERMITS_MAX) permits.put(permit.id(), claim.place());
    }
  }

  /// The effect of a permit, from now on. Its outcome is below it.
  Stretch effect(Permit permit) {
    var place = permits.getOrDefault(permit.id(), NOWHERE);
    var effect = begun("effect " + permit.kind(), SpanKind.CLIENT, place, 0);
    permits.replace(permit.id(), effect.place());
    return effect;
  }

  /// Where what came of a permit belongs. It is asked once.
  public String outcome(Command command) {
    if (!areOn()) return NOWHERE;
    var place =
        switch (command) {
          case Command.Settle(var permit, _, _, _, _) -> permits.remove(permit);
          case Command.Unclaimed(var permit, _) -> permits.remove(permit);
          case Command _ -> NOWHERE;
        };
    return Objects.requireNonNullElse(place, NOWHERE);
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

  /// What waits is sent first.
  @Override
  public void close() {
    provider.ifPresent(sdk -> sdk.shutdown().join(SEND_MAX.toMillis(), TimeUnit.MILLISECONDS));
  }
}
