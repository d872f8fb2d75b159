package baton.runtime.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  static HttpResponse of(Answer answer) {
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
    return response(problem.status)
        .addHeaders(headers)
        .withEntity(HttpEntities.create(PROBLEM, ByteString.fromString(Json.write(members))));
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
    };
  }
}
