package baton.runtime.outside;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/// The example receiver of the guide, compiled from where it stands and started.
public final class Carrier implements AutoCloseable {
  private final URLClassLoader loader;
  private final Object receiver;

  private Carrier(URLClassLoader loader, Object receiver) {
    this.loader = loader;
    this.receiver = receiver;
  }

  /// @param folder for what is compiled
  /// @param port 0 for a free one
  /// @param keys the address of the JWK set
  public static Carrier start(Path folder, int port, URI keys)
      throws IOException, ReflectiveOperationException {
    var loader = new URLClassLoader(new URL[] {compiled(folder).toUri().toURL()});
    var receiver =
        loader
            .loadClass("Receiver")
            .getConstructor(int.class, URL.class, String.class)
            .newInstance(port, keys.toURL(), "carrier");
    return new Carrier(loader, receiver);
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

  int port() {
    return (int) asked("port");
  }

  /// How many were really ordered.
  public int parcels() {
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
  }
}
