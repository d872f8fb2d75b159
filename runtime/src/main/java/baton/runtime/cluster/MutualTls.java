package baton.runtime.cluster;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/// TLS between nodes, in which both ends show a certificate. The files are read again as they
/// change, so that new ones need no restart; connections that stand, stand.
///
/// Pekko's own reader of PEM files knows one authority, no certificates between and RSA alone.
public final class MutualTls implements SSLEngineProvider {
  private static final Logger LOG = LoggerFactory.getLogger("baton");
  private static final Duration READ_AGAIN = Duration.ofMinutes(1);
  private static final String[] PROTOCOLS = {Credentials.PROTOCOL};
  private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};

  private final Certificates files;
  private final InstantSource clock;
  private volatile Loaded loaded;

  private record Loaded(Credentials credentials, SSLContext context, Instant at) {}

  /// Called by Pekko.
  public MutualTls(ActorSystem system) {
    this(Certificates.in(system.settings().config()), InstantSource.system());
  }

  MutualTls(Certificates files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    var credentials = Credentials.read(files, clock.instant());
    loaded = new Loaded(credentials, credentials.context(), clock.instant());
  }

  @Override
  public SSLEngine createServerSSLEngine(String host, int port) {
    var engine = engine(host, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine createClientSSLEngine(String host, int port) {
    var engine = engine(host, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private SSLEngine engine(String host, int port) {
    var engine = current().context().createSSLEngine(host, port);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setEnabledCipherSuites(SUITES);
    return engine;
  }

  /// Files that are wrong for the moment, half of a pair perhaps, change nothing.
  private Loaded current() {
    var known = loaded;
    var now = clock.instant();
    if (now.isBefore(known.at().plus(READ_AGAIN))) return known;
    try {
      var read = Credentials.read(files, now);
      var context = read.equals(known.credentials()) ? known.context() : read.context();
      loaded = new Loaded(read, context, now);
    } catch (CertificatesUnusable told) {
      LOG.warn("The certificates of before stay in use: {}", told.getMessage());
      loaded = new Loaded(known.credentials(), known.context(), now);
    }
    return loaded;
  }

  /// What the next connection is made with.
  Credentials credentials() {
    return current().credentials();
  }

  @Override
  public Option<Throwable> verifyClientSession(String host, SSLSession session) {
    return verified(session);
  }

  @Override
  public Option<Throwable> verifyServerSession(String host, SSLSession session) {
    return verified(session);
  }

  private Option<Throwable> verified(SSLSession session) {
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate other
          && loaded.credentials().shareAName(other)) {
        return Option.empty();
      }
      return Option.apply(new SSLException("its certificate names another cluster"));
    } catch (SSLPeerUnverifiedException nobody) {
      return Option.apply(nobody);
    }
  }
}
