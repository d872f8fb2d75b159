package baton.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/// Answers and problems as HTTP responses.
final class Replies {
  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  private static final ContentType YAML =
      MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8).toContentType();

  private Replies() {}

  private static final ContentType CSV = MediaTypes.TEXT_CSV.toContentType(HttpCharsets.UTF_8);

  /// Nothing but our own files; of what stands in the page itself, only what has its number.
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self' 'nonce-%1$s'; style-src 'self' 'nonce-%1$s';"
          + " connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /// @param secure whether the browser came by https
  static HttpResponse of(Answer answer, boolean secure) {
    return switch (answer) {
      case Answer.Value(var status, var value) ->
          response(status)
              .withEntity(
                  HttpEntities.create(
                      ContentTypes.APPLICATION_JSON, ByteString.fromString(Json.write(value))));
      case Answer.Text(var status, var format, var text) ->
          response(status)
              .withEntity(HttpEntities.create(type(format), ByteString.fromString(text)));
      case Answer.Stream(var events) ->
          response(200)
              .withEntity(
                  HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), events));
      case Answer.Page(var status, var nonce, var html, var cookies) ->
          response(status)
              .addHeaders(cookies(cookies, secure))
              .addHeader(
                  RawHeader.create("Content-Security-Policy", CONTENT_POLICY.formatted(nonce)))
              // Not no-referrer: without it browsers hide from us whose form they send.
              .addHeader(RawHeader.create("Referrer-Policy", "same-origin"))
              .addHeader(RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"))
              .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"))
              .addHeader(
                  RawHeader.create(
                      "Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
              .withEntity(
                  HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, ByteString.fromString(html)));
      case Answer.Elsewhere(var address, var cookies) ->
          response(303)
              .addHeaders(cookies(cookies, secure))
              .addHeader(RawHeader.create("Location", address));
      case Answer.Nothing(var cookies) -> response(204).addHeaders(cookies(cookies, secure));
      case Answer.Document(var mediaType, var name, var bytes) ->
          response(200)
              .addHeader(
                  RawHeader.create("Content-Disposition", "inline; filename=\"" + name + "\""))
              .addHeader(RawHeader.create("Content-Security-Policy", "default-src 'none'"))
              .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"))
              .withEntity(HttpEntities.create(ContentTypes.parse(mediaType), bytes));
      case Answer.Download(var mediaType, var name, var bytes) ->
          response(200)
              .addHeader(
                  RawHeader.create("Content-Disposition", "attachment; filename=\"" + name + "\""))
              .withEntity(HttpEntities.createChunked(ContentTypes.parse(mediaType), bytes));
      case Answer.File(var mediaType, var bytes, var unchanging) ->
          HttpResponse.create()
              .withStatus(200)
              .addHeader(
                  RawHeader.create(
                      "Cache-Control",
                      unchanging ? "public, max-age=31536000, immutable" : "no-cache"))
              .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
              .addHeader(RawHeader.create("Content-Security-Policy", "default-src 'none'"))
              .addHeader(RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"))
              .withEntity(HttpEntities.create(ContentTypes.parse(mediaType), bytes));
    };
  }

  /// RFC 9457.
  static HttpResponse of(Problem problem) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", "about:blank");
    members.put("title", Problem.title(problem.status));
    members.put("status", problem.status);
    members.put("detail", problem.getMessage());
    if (!problem.errors.isEmpty()) members.put("errors", problem.errors);
    return headers(
        response(problem.status)
            .withEntity(HttpEntities.create(PROBLEM, ByteString.fromString(Json.write(members)))),
        problem);
  }

  /// What a problem says beside its words.
  static HttpResponse headers(HttpResponse response, Problem problem) {
    var headers = new ArrayList<HttpHeader>();
    if (problem.status == 401) {
      headers.add(RawHeader.create("WWW-Authenticate", "Bearer realm=\"baton\""));
    }
    if (!problem.allowed.isEmpty()) {
      headers.add(RawHeader.create("Allow", String.join(", ", problem.allowed)));
    }
    problem.retryAfter.ifPresent(wait -> {
      long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
      headers.add(RawHeader.create("Retry-After", Long.toString(seconds)));
    });
    return response.addHeaders(headers);
  }

  private static List<HttpHeader> cookies(List<Cookie> cookies, boolean secure) {
    return cookies.stream()
        .<HttpHeader>map(cookie -> RawHeader.create("Set-Cookie", cookie.header(secure)))
        .toList();
  }

  private static HttpResponse response(int status) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
  }

  private static ContentType type(Answer.Format format) {
    return switch (format) {
      case PLAIN -> ContentTypes.TEXT_PLAIN_UTF8;
      case YAML -> YAML;
      case CSV -> CSV;
    };
  }
}
