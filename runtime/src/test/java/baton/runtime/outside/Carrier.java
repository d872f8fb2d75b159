package baton.runtime.outside;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;

/// The example receiver of the guide, compiled from where it stands and started, beside the keys
/// that it checks permits with.
final class Carrier implements AutoCloseable {
  private final HttpServer keys;
  private final URLClassLoader loader;
  private final Object receiver;

  private Carrier(HttpServer keys, URLClassLoader loader, Object receiver) {
    this.keys = keys;
    this.loader = loader;
    this.receiver = receiver;
  }

  /// @param folder for what is compiled
  static Carrier start(Path folder, PermitKey key) throws Exception {
    var keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          byte[] body = json(key.published()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
    var loader = new URLClassLoader(new URL[] {compiled(folder).toUri().toURL()});
    var jwks =
        URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/.well-known/jwks.json");
    var receiver =
        loader
            .loadClass("Receiver")
            .getConstructor(int.class, URL.class, String.class)
            .newInstance(0, jwks.toURL(), "carrier");
    return new Carrier(keys, loader, receiver);
  }

  private static Path compiled(Path folder) throws IOException {
    var classes = Files.createDirectories(folder.resolve("receiver"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                root().resolve("docs/examples/Receiver.java").toString());
    if (status != 0) throw new IllegalStateException("the example is not compiled");
    return classes;
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    return folder;
  }

  private static String json(Map<String, Object> object) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(object);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  int port() {
    return (int) asked("port");
  }

  /// How many were really ordered.
  int parcels() {
    return (int) asked("parcels");
  }

  private Object asked(String method) {
    try {
      return receiver.getClass().getMethod(method).invoke(receiver);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public void close() throws IOException {
    asked("close");
    loader.close();
    keys.stop(0);
  }
}
