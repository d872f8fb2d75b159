package baton.runtime.models;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/// Why a model gave no answer. Nothing in it was said by the buyer, by the model or by its server,
/// but for a status and a code of letters.
public sealed interface Failure {
  int TOO_MANY_REQUESTS = 429;

  /// No connection, or one that broke.
  ///
  /// @param by the kind of exception
  record Unreachable(String by) implements Failure {}

  /// The server answered that it will not: the key, the model or the address is wrong.
  ///
  /// @param said the server's own word for it, or empty
  record Refused(int status, String said) implements Failure {}

  /// The server has too much to do, or is broken.
  ///
  /// @param after what the server asks to wait at least
  record Overloaded(int status, String said, Duration after) implements Failure {}

  /// No whole answer came within the time for it, further tries included.
  record TimedOut() implements Failure {}

  /// What came is no answer of a model.
  ///
  /// @param by the kind of exception
  record Malformed(String by) implements Failure {}

  /// The answer is longer than any answer may be.
  record TooLarge(int bytesMax) implements Failure {}

  /// The model, or a filter before it, would not say anything.
  record Declined() implements Failure {}

  /// As many calls as may be were under way, and none ended soon enough.
  record Busy(int concurrent) implements Failure {}

  /// The server failed so often that it is left alone for a while.
  record Resting() implements Failure {}

  /// Whoever asked no longer wants the answer.
  record Cancelled() implements Failure {}

  /// A short word for the record.
  default String code() {
    return switch (this) {
      case Unreachable _ -> "unreachable";
      case Refused(int status, _) -> "refused-" + status;
      case Overloaded(int status, _, _) -> "overloaded-" + status;
      case TimedOut _ -> "timed-out";
      case Malformed _ -> "malformed";
      case TooLarge _ -> "too-large";
      case Declined _ -> "declined";
      case Busy _ -> "busy";
      case Resting _ -> "resting";
      case Cancelled _ -> "cancelled";
    };
  }

  /// What is wrong and what to do, in one line.
  default String line() {
    return switch (this) {
      case Unreachable(var by) ->
          "the server cannot be reached (" + by + "): see that it runs, and check base-url";
      case Refused(int status, var said) when status == 401 || status == 403 ->
          "the server refused the key (" + told(status, said) + "): check key";
      case Refused(int status, var said) when status == 404 ->
          "the server has no such model (" + told(status, said) + "): check model and base-url";
      case Refused(int status, var said) ->
          "the server refused the request ("
              + told(status, said)
              + "): check model, and what it can do";
      case Overloaded(int status, var said, _) ->
          "the server has too much to do or is broken ("
              + told(status, said)
              + "): wait, or ask for a higher quota";
      case TimedOut _ -> "no answer came in time: see what the server does, or raise timeout";
      case Malformed(var by) ->
          "what came is no answer of a model (" + by + "): check base-url and provider";
      case TooLarge(int bytesMax) ->
          "the answer is longer than " + bytesMax + " bytes: choose another model";
      case Declined _ -> "the model declined to answer: ask in another way";
      case Busy(int concurrent) ->
          concurrent + " calls were under way and none ended in time: raise concurrent";
      case Resting _ ->
          "the server failed too often and is left alone for a while: see that it is well";
      case Cancelled _ -> "the call was cancelled: nothing is to be done";
    };
  }

  /// Whether the same call may well succeed a little later.
  default boolean passing() {
    return switch (this) {
      case Unreachable _, Overloaded _ -> true;
      case Refused _, TimedOut _, Malformed _, TooLarge _, Declined _ -> false;
      case Busy _, Resting _, Cancelled _ -> false;
    };
  }

  /// Whether it says that the server is not well. What one conversation can bring about by what is
  /// said in it does not: or it would take the model away from all others.
  default boolean unwell() {
    return switch (this) {
      case Unreachable _, Overloaded _, TimedOut _ -> true;
      case Refused _, Malformed _, TooLarge _, Declined _ -> false;
      case Busy _, Resting _, Cancelled _ -> false;
    };
  }

  private static String told(int status, String said) {
    return said.isEmpty() ? "" + status : status + " " + said;
  }

  /// @param said the server's word, empty where it has none
  static Failure ofStatus(int status, String said, Duration after) {
    return status == TOO_MANY_REQUESTS || status >= 500
        ? new Overloaded(status, said, after)
        : new Refused(status, said);
  }

  /// What an exception means; its message is never looked at.
  static Failure of(Throwable thrown) {
    var root = thrown;
    for (var at = thrown; at != null; at = at.getCause()) {
      root = at;
      switch (at) {
        case ModelFailure told -> {
          return told.failure();
        }
        case HttpException told -> {
          return ofStatus(told.statusCode(), "", Duration.ZERO);
        }
        case AuthenticationException _ -> {
          return new Refused(401, "");
        }
        case ModelNotFoundException _ -> {
          return new Refused(404, "");
        }
        case ContentFilteredException _ -> {
          return new Declined();
        }
        case InvalidRequestException _ -> {
          return new Refused(400, "");
        }
        case UnsupportedFeatureException _ -> {
          return new Refused(400, "unsupported");
        }
        case TimeoutException _ -> {
          return new TimedOut();
        }
        case RateLimitException _ -> {
          return new Overloaded(TOO_MANY_REQUESTS, "", Duration.ZERO);
        }
        case JacksonException _ -> {
          return new Malformed(name(at));
        }
        case HttpConnectTimeoutException _ -> {
          return new Unreachable(name(at));
        }
        case HttpTimeoutException _ -> {
          return new TimedOut();
        }
        case IOException _ -> {
          return new Unreachable(name(at));
        }
        case UnresolvedAddressException _ -> {
          return new Unreachable(name(at));
        }
        default -> {}
      }
    }
    return new Malformed(name(root));
  }

  private static String name(Throwable thrown) {
    return thrown.getClass().getSimpleName();
  }
}
