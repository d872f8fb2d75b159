package baton.simulation.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/// The network before one door, the database's or a node's: connections through it are as good or
/// bad as it is told, those of one caller apart from all others'.
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
    /// What the caller says arrives, and no answer comes back.
    HALF_OPEN,
    /// Everything takes a while longer.
    SLOW
  }

  private final ServerSocket door;
  private final IntSupplier target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<InetAddress, State> ofOne = new ConcurrentHashMap<>();
  private volatile State state = State.WHOLE;

  private record Connection(InetAddress caller, Socket near, Socket far) {}

  /// @param target the port behind the door, asked for each connection
  Wire(IntSupplier target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException("no port is free", failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Where a node with this number calls from, so that a wire knows it.
  static InetAddress caller(int node) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (node + 1)});
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /// Whether this machine has more addresses of its own than one.
  static boolean tellsCallersApart() {
    try (var _ = new ServerSocket(0, 1, caller(1))) {
      return true;
    } catch (IOException one) {
      return false;
    }
  }

  int port() {
    return door.getLocalPort();
  }

  void is(State next) {
    state = next;
    endWhereCut();
  }

  /// Of one caller alone, whatever it is for the others; whole again, it is theirs too.
  void is(InetAddress caller, State next) {
    if (next == State.WHOLE) ofOne.remove(caller);
    else ofOne.put(caller, next);
    endWhereCut();
  }

  private State of(InetAddress caller) {
    return ofOne.getOrDefault(caller, state);
  }

  private void endWhereCut() {
    for (var each : connections) if (of(each.caller) == State.CUT) end(each);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var caller = door.accept();
        Thread.ofVirtual().start(() -> connect(caller));
      } catch (IOException closed) {
        // Only where it is over.
      }
    }
  }

  private void connect(Socket near) {
    var far = new Socket();
    var connection = new Connection(near.getInetAddress(), near, far);
    connections.add(connection);
    try {
      if (of(connection.caller) == State.CUT || door.isClosed()) throw new IOException("cut");
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> carry(connection, true));
      carry(connection, false);
    } catch (IOException away) {
      end(connection);
    }
  }

  private void carry(Connection connection, boolean there) {
    var from = there ? connection.near : connection.far;
    var to = there ? connection.far : connection.near;
    var chunk = new byte[CHUNK_BYTES];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        while (holds(of(connection.caller), there) && !to.isClosed()) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        if (of(connection.caller) == State.SLOW) LockSupport.parkNanos(DELAY_MILLIS * 1_000_000L);
        out.write(chunk, 0, read);
      }
    } catch (IOException gone) {
      // One side has left: so does the other.
    } finally {
      end(connection);
    }
  }

  private static boolean holds(State state, boolean there) {
    return switch (state) {
      case WHOLE, SLOW, CUT -> false;
      case SILENT -> true;
      case HALF_OPEN -> !there;
    };
  }

  private void end(Connection connection) {
    close(connection.near);
    close(connection.far);
    connections.remove(connection);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException alreadyGone) {
      // Nothing listens there, as is meant.
    }
    connections.forEach(this::end);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // As is meant.
    }
  }
}
