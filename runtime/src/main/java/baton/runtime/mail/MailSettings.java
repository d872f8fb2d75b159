package baton.runtime.mail;

import baton.runtime.mail.SmtpMail.Server;
import baton.runtime.mail.SmtpMail.Tls;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whom letters come from and where they go.
///
/// @param smtp empty for the folder `mail` in the data folder
public record MailSettings(Address from, Optional<Server> smtp) {
  /// What `baton.conf` may say of it.
  public static final Set<String> KEYS =
      Set.of(
          "mail.from",
          "mail.smtp.host",
          "mail.smtp.port",
          "mail.smtp.tls",
          "mail.smtp.user",
          "mail.smtp.password");

  private static final int PORT_STARTTLS = 587;
  private static final int PORT_TLS = 465;
  private static final int PORT_OFF = 25;

  /// Something that cannot be used, in one line that says what to do.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  public static MailSettings defaults() {
    return new MailSettings(new Address("Baton", "sales", "localhost"), Optional.empty());
  }

  /// @throws Unusable where that is no mail
  public static MailSettings read(Config config) {
    var from =
        config.hasPath("mail.from") ? address(config.getString("mail.from")) : defaults().from();
    if (!config.hasPath("mail.smtp")) return new MailSettings(from, Optional.empty());
    if (!config.hasPath("mail.smtp.host") || config.getString("mail.smtp.host").isBlank()) {
      throw new Unusable("mail.smtp.host is missing: name the server, or leave out mail.smtp");
    }
    if (!config.hasPath("mail.from")) {
      throw new Unusable("mail.from is missing: mail.smtp needs an address that letters come from");
    }
    return new MailSettings(from, Optional.of(server(config)));
  }

  /// @param timeout for one letter in all
  public Mail mail(Path data, Duration timeout, InstantSource clock) {
    return smtp.<Mail>map(server -> new SmtpMail(server, from, timeout, clock))
        .orElseGet(() -> new FolderMail(data.resolve("mail"), from, clock));
  }

  private static Address address(String text) {
    return Address.parsed(text)
        .orElseThrow(() ->
            new Unusable("mail.from is an address such as \"Acme Sales <sales@acme.example>\""));
  }

  private static Server server(Config config) {
    var tls = tls(config.hasPath("mail.smtp.tls") ? config.getString("mail.smtp.tls") : "starttls");
    int usual =
        switch (tls) {
          case STARTTLS -> PORT_STARTTLS;
          case TLS -> PORT_TLS;
          case OFF -> PORT_OFF;
        };
    int port = config.hasPath("mail.smtp.port") ? config.getInt("mail.smtp.port") : usual;
    if (port < 1 || port > 65_535) throw new Unusable("mail.smtp.port is 1 to 65535");
    var server =
        new Server(
            config.getString("mail.smtp.host"),
            port,
            tls,
            text(config, "mail.smtp.user"),
            text(config, "mail.smtp.password"));
    if (server.user().isEmpty() != server.password().isEmpty()) {
      throw new Unusable("mail.smtp.user and mail.smtp.password go together: give both or neither");
    }
    if (tls == Tls.OFF && !server.user().isEmpty()) {
      throw new Unusable(
          "mail.smtp.tls = off would send the password in the clear: use starttls or tls");
    }
    return server;
  }

  private static Tls tls(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "starttls" -> Tls.STARTTLS;
      case "tls" -> Tls.TLS;
      case "off", "false", "no" -> Tls.OFF;
      default -> throw new Unusable("mail.smtp.tls is starttls, tls or off");
    };
  }

  private static String text(Config config, String key) {
    return config.hasPath(key) ? config.getString(key) : "";
  }
}
