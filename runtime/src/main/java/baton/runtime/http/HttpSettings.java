package baton.runtime.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/// How the API listens, and its bounds.
///
/// @param host an address of this machine; loopback unless somebody says otherwise
/// @param port 0 for a free one
/// @param bodyMaxBytes the largest request body but for policies
/// @param policyMaxBytes the largest policy document
/// @param textMaxChars the longest message
/// @param conversationRate messages of one conversation
/// @param addressRate requests from one address, but for the operator's
/// @param workersMax requests of buyers that are worked on at a time
/// @param waitingMax requests of buyers that may wait for that
/// @param engineTimeout how long a command may take until the caller is told to ask again
/// @param heartbeat how often a silent event stream gives a sign of life
/// @param streamsMax event streams at a time
/// @param conversationStreamsMax event streams of one conversation at a time
public record HttpSettings(
    String host,
    int port,
    int bodyMaxBytes,
    int policyMaxBytes,
    int textMaxChars,
    Rate conversationRate,
    Rate addressRate,
    int workersMax,
    int waitingMax,
    Duration engineTimeout,
    Duration heartbeat,
    int streamsMax,
    int conversationStreamsMax) {

  /// @param burst how many at once
  /// @param perSecond how many a second in the long run
  public record Rate(int burst, double perSecond) {
    public Rate {
      if (burst < 1 || perSecond <= 0) throw new IllegalArgumentException("a rate is positive");
    }
  }

  public static HttpSettings defaults() {
    return new HttpSettings(
        "127.0.0.1",
        8080,
        64 * 1024,
        1024 * 1024,
        4_000,
        new Rate(40, 10),
        new Rate(2_000, 500),
        256,
        256,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        256,
        8);
  }

  public HttpSettings at(String newHost, int newPort) {
    return new HttpSettings(
        newHost,
        newPort,
        bodyMaxBytes,
        policyMaxBytes,
        textMaxChars,
        conversationRate,
        addressRate,
        workersMax,
        waitingMax,
        engineTimeout,
        heartbeat,
        streamsMax,
        conversationStreamsMax);
  }

  public HttpSettings limited(Rate conversation, Rate address) {
    return new HttpSettings(
        host,
        port,
        bodyMaxBytes,
        policyMaxBytes,
        textMaxChars,
        conversation,
        address,
        workersMax,
        waitingMax,
        engineTimeout,
        heartbeat,
        streamsMax,
        conversationStreamsMax);
  }

  /// Finds out before anything is made whether the address can be had; who takes it in the meantime
  /// is found out at the bind.
  ///
  /// @throws IllegalStateException in one line for the operator
  public void mustBeFree() {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException | IllegalArgumentException taken) {
      throw taken(taken);
    }
  }

  IllegalStateException taken(Throwable cause) {
    return new IllegalStateException(
        "cannot listen on "
            + host
            + ":"
            + port
            + ": the port is in use or the address is not this machine's; choose another with"
            + " --port",
        cause);
  }
}
