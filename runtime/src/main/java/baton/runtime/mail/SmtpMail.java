package baton.runtime.mail;

import baton.runtime.mail.Sent.Accepted;
import baton.runtime.mail.Sent.Refused;
import baton.runtime.mail.Sent.Unknown;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// Gives letters to an SMTP server, each over a connection of its own.
///
/// Whatever breaks or hangs before the message itself goes out is a refusal: that letter was surely
/// not sent. After it, nobody knows, unless the server has answered.
public final class SmtpMail implements Mail {
  /// The reply to a greeting that was taken.
  private static final int EHLO_OK = 250;

  private final Server server;
  private final Address from;
  private final Duration timeout;
  private final InstantSource clock;
  private final Session session;

  /// How a connection is kept secret.
  public enum Tls {
    /// Begun in the clear and encrypted before anything is said; without it nothing is sent.
    STARTTLS,
    TLS,
    OFF
  }

  /// Where letters go.
  ///
  /// @param user empty where the server asks for none
  public record Server(String host, int port, Tls tls, String user, String password) {
    /// Without the password.
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// @param timeout for one letter in all, from the connection to the server's last answer
  public SmtpMail(Server server, Address from, Duration timeout, InstantSource clock) {
    this.server = server;
    this.from = from;
    this.timeout = timeout;
    this.clock = clock;
    this.session = Session.getInstance(properties());
  }

  @Override
  public Sent send(Letter letter) {
    var stage = new AtomicReference<>(Stage.BEFORE);
    try {
      var message = new Mime(session, from, letter, clock.instant(), () -> handOver(stage));
      return bounded(message, stage);
    } catch (Mime.Unfit unfit) {
      return new Refused(unfit.getMessage());
    }
  }

  /// How far a letter has come. Who moves it away from `BEFORE` decides: the sender that begins to
  /// hand it over, or the clock that gives it up.
  private enum Stage {
    BEFORE,
    HANDED_OVER,
    ACCEPTED,
    GIVEN_UP
  }

  private static void handOver(AtomicReference<Stage> stage) throws IOException {
    if (!stage.compareAndSet(Stage.BEFORE, Stage.HANDED_OVER)) {
      throw new InterruptedIOException("given up before it began");
    }
  }

  /// A virtual thread, because an interrupt closes the socket that one waits for.
  private Sent bounded(Mime message, AtomicReference<Stage> stage) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return threads
          .submit(() -> deliver(message, stage))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return broken(stage, "mail-no-answer");
    } catch (ExecutionException broken) {
      return broken(stage, "mail-broken");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return broken(stage, "mail-broken");
    } finally {
      threads.shutdownNow();
    }
  }

  private Sent deliver(Mime message, AtomicReference<Stage> stage) {
    try (var transport = session.getTransport(server.tls() == Tls.TLS ? "smtps" : "smtp")) {
      var refused = connect((SMTPTransport) transport);
      if (refused.isPresent()) return refused.get();
      transport.sendMessage(message, message.to());
      stage.set(Stage.ACCEPTED);
      return new Accepted();
    } catch (AuthenticationFailedException refused) {
      return new Refused("mail-login");
    } catch (MessagingException failed) {
      int code = stage.get() == Stage.ACCEPTED ? 0 : replyCode(failed);
      if (code > 0) return new Refused("smtp-" + code);
      if (timedOut(failed)) return broken(stage, "mail-no-answer");
      return broken(stage, stage.get() == Stage.BEFORE ? "mail-unreachable" : "mail-broken");
    }
  }

  /// Empty where the server will listen. Of a server that is there, and says no or cannot keep a
  /// secret, more is known than that it was not reached.
  private Optional<Refused> connect(SMTPTransport transport) throws MessagingException {
    boolean login = !server.user().isEmpty();
    try {
      transport.connect(
          server.host(),
          server.port(),
          login ? server.user() : null,
          login ? server.password() : null);
      return Optional.empty();
    } catch (AuthenticationFailedException wrong) {
      throw wrong;
    } catch (MessagingException failed) {
      int code = transport.getLastReturnCode();
      if (code >= 400 && code <= 599) return Optional.of(new Refused("smtp-" + code));
      boolean clear = server.tls() == Tls.STARTTLS && code == EHLO_OK && !offersTls(transport);
      if (clear || isTls(failed)) return Optional.of(new Refused("mail-tls"));
      throw failed;
    }
  }

  private static boolean offersTls(SMTPTransport transport) {
    return transport.supportsExtension("STARTTLS");
  }

  private static boolean isTls(Throwable failed) {
    for (var each = failed; each != null; each = each.getCause()) {
      if (each instanceof SSLException) return true;
    }
    return false;
  }

  /// What is known of a letter that nobody answered for.
  private static Sent broken(AtomicReference<Stage> stage, String reason) {
    stage.compareAndSet(Stage.BEFORE, Stage.GIVEN_UP);
    return switch (stage.get()) {
      case BEFORE, GIVEN_UP -> new Refused(reason);
      case HANDED_OVER -> new Unknown(reason);
      case ACCEPTED -> new Accepted();
    };
  }

  /// The server's, or 0 where it gave none.
  private static int replyCode(Exception failed) {
    for (var each = failed; each != null; each = next(each)) {
      int code =
          switch (each) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            case Exception _ -> 0;
          };
      if (code >= 400 && code <= 599) return code;
    }
    return 0;
  }

  private static boolean timedOut(Exception failed) {
    for (var each = failed; each != null; each = next(each)) {
      if (each instanceof SocketTimeoutException) return true;
    }
    return false;
  }

  private static Exception next(Exception failed) {
    return failed instanceof MessagingException message ? message.getNextException() : null;
  }

  private Properties properties() {
    var properties = new Properties();
    String milliseconds = Long.toString(timeout.toMillis());
    for (var protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
      properties.setProperty(protocol + "connectiontimeout", milliseconds);
      properties.setProperty(protocol + "timeout", milliseconds);
      properties.setProperty(protocol + "auth", Boolean.toString(!server.user().isEmpty()));
      properties.setProperty(protocol + "from", from.plain());
      // What the machine is called is nobody's business.
      properties.setProperty(protocol + "localhost", from.domain());
      properties.setProperty(protocol + "quitwait", "false");
      properties.setProperty(protocol + "ssl.checkserveridentity", "true");
    }
    boolean startTls = server.tls() == Tls.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
    return properties;
  }
}
