package baton.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Why a request is turned down, as RFC 9457 shows it. Its detail says what to do and holds no
/// personal text.
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  public final int status;
  public final transient Optional<Duration> retryAfter;
  public final transient List<String> errors;

  /// The methods that an address takes, for a 405.
  final transient List<String> allowed;

  private Problem(
      int status,
      String detail,
      Optional<Duration> retryAfter,
      List<String> errors,
      List<String> allowed) {
    super(detail, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
    this.errors = errors;
    this.allowed = allowed;
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Optional.empty(), List.of(), List.of());
  }

  public static Problem later(int status, String detail, Duration wait) {
    return new Problem(status, detail, Optional.of(wait), List.of(), List.of());
  }

  /// Something that was understood but is not valid.
  public static Problem invalid(String detail) {
    return of(422, detail);
  }

  public static Problem invalid(String detail, List<String> errors) {
    return new Problem(422, detail, Optional.empty(), List.copyOf(errors), List.of());
  }

  static Problem notAllowed(List<String> allowed) {
    String detail = "this address takes " + String.join(", ", allowed);
    return new Problem(405, detail, Optional.empty(), List.of(), List.copyOf(allowed));
  }

  public static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
