package baton.runtime.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;

/// What comes of a call at another node's door, before this one joins it.
public enum Reach {
  WELL("answers at %s"),
  NOTHING_LISTENS(
      "nothing listens at %s: see whether that node runs, and its cluster.host and cluster.port"),
  NO_TLS("what listens at %s is no node of a cluster: see the port"),
  THEIRS_TURNED_DOWN(
      "the node at %s shows a certificate of another authority or name: give both nodes the same keys,"
          + " or certificates of one authority"),
  OURS_TURNED_DOWN(
      "the node at %s does not believe this node's certificate: give both nodes the same keys,"
          + " or certificates of one authority");

  private static final int PATIENCE_MILLIS = 3_000;

  private final String line;

  Reach(String line) {
    this.line = line;
  }

  /// One line that says what to do.
  ///
  /// @param seed as HOST:PORT
  public String line(String seed) {
    return line.formatted(seed);
  }

  /// Only a handshake: nothing is sent in it.
  static Reach of(Credentials ours, String host, int port) {
    try (var plain = new Socket()) {
      var cut =
          CompletableFuture.runAsync(
              () -> close(plain),
              CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      try {
        plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      } catch (IOException | IllegalArgumentException nobody) {
        return NOTHING_LISTENS;
      }
      try {
        return greeted(ours, plain, host, port);
      } finally {
        cut.cancel(false);
      }
    } catch (IOException closed) {
      return NO_TLS;
    }
  }

  private static Reach greeted(Credentials ours, Socket plain, String host, int port)
      throws IOException {
    plain.setSoTimeout(PATIENCE_MILLIS / 2);
    var trust = new Judging(ours);
    var sockets = ours.context(trust).getSocketFactory();
    var socket = (SSLSocket) sockets.createSocket(plain, host, port, true);
    socket.setEnabledProtocols(new String[] {Credentials.PROTOCOL});
    try {
      socket.startHandshake();
      return believed(socket);
    } catch (IOException refused) {
      return trust.judged.get();
    }
  }

  /// In TLS 1.3 the caller has done its part before its certificate is looked at: that it was
  /// turned down shows in what is read next. Otherwise the other end takes the good-bye and closes.
  private static Reach believed(SSLSocket socket) throws IOException {
    try {
      socket.shutdownOutput();
      return socket.getInputStream().read() < 0 ? WELL : NO_TLS;
    } catch (SocketTimeoutException silent) {
      return WELL;
    }
  }

  /// Remembers what a handshake that fails has come to by then.
  private static final class Judging implements X509TrustManager {
    final AtomicReference<Reach> judged = new AtomicReference<>(NO_TLS);
    private final Credentials ours;
    private final X509TrustManager trust;

    Judging(Credentials ours) {
      this.ours = ours;
      this.trust = ours.trust();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      judged.set(THEIRS_TURNED_DOWN);
      trust.checkServerTrusted(chain, kind);
      if (!ours.shareAName(chain[0])) throw new CertificateException("of another cluster");
      judged.set(OURS_TURNED_DOWN);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("nobody is answered here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trust.getAcceptedIssuers();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // Nothing else was wanted.
    }
  }
}
