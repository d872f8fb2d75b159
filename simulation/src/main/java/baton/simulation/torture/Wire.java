package baton.simulation.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/// The network between one node and the database: connections through it are as good or bad as it
/// is told.
final class Wire implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int DELAY_MILLIS = 150;
  private static final long LOOK_NANOS = 20_000_000;

  enum State {
    WHOLE,
    /// Nothing goes through, and whoever tries is told so.
    CUT,
    /// Nothing goes through, and nobody is told.
    SILENT,
    /// What the node says arrives, and no answer comes back.
    HALF_OPEN,
    /// Everything takes a while longer.
    SLOW
  }

  private final ServerSocket door;
  private final IntSupplier target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.WHOLE;

  /// @param target the port of the database, asked for each connection
  Wire(IntSupplier target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException("no port is free", failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void is(State next) {
    state = next;
    if (next == State.CUT) sockets.forEach(Wire::close);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var node = door.accept();
        Thread.ofVirtual().start(() -> connect(node));
      } catch (IOException closed) {
        // Only where it is over.
      }
    }
  }

  private void connect(Socket node) {
    var database = new Socket();
    sockets.add(node);
    sockets.add(database);
    try {
      if (state == State.CUT || door.isClosed()) throw new IOException("cut");
      database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
      node.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> carry(node, database, true));
      carry(database, node, false);
    } catch (IOException away) {
      end(node, database);
    }
  }

  private void carry(Socket from, Socket to, boolean there) {
    var chunk = new byte[CHUNK_BYTES];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        while (holds(there) && !to.isClosed()) LockSupport.parkNanos(LOOK_NANOS);
        if (state == State.SLOW) LockSupport.parkNanos(DELAY_MILLIS * 1_000_000L);
        out.write(chunk, 0, read);
      }
    } catch (IOException gone) {
      // One side has left: so does the other.
    } finally {
      end(from, to);
    }
  }

  private boolean holds(boolean there) {
    return switch (state) {
      case WHOLE, SLOW, CUT -> false;
      case SILENT -> true;
      case HALF_OPEN -> !there;
    };
  }

  private void end(Socket one, Socket other) {
    close(one);
    close(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException alreadyGone) {
      // Nothing listens there, as is meant.
    }
    sockets.forEach(Wire::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // As is meant.
    }
  }
}
