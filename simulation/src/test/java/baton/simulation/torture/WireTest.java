package baton.simulation.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.simulation.torture.Wire.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What comes through a wire to a server that answers each byte with the next higher one.
class WireTest {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 100;

  private ServerSocket server;
  private Wire wire;
  private volatile int heard;

  @BeforeEach
  void lay() throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answer);
    wire = new Wire(server::getLocalPort);
  }

  @AfterEach
  void cut() throws IOException {
    wire.close();
    server.close();
  }

  @Test
  void givenAWholeWire_thenAnswersComeThrough() throws IOException {
    try (var socket = connected()) {
      assertEquals(8, asked(socket, 7));
    }
  }

  @Test
  void givenASilentWire_thenNothingIsHeard_andWhenItIsWhole_everythingComesThrough()
      throws IOException {
    try (var socket = connected()) {
      wire.is(State.SILENT);
      socket.setSoTimeout(SILENCE_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> asked(socket, 7));
      assertEquals(0, heard);
      wire.is(State.WHOLE);
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertEquals(8, socket.getInputStream().read());
    }
  }

  @Test
  void givenAHalfOpenWire_thenTheServerHears_andNoAnswerComes() throws IOException {
    try (var socket = connected()) {
      wire.is(State.HALF_OPEN);
      socket.setSoTimeout(SILENCE_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> asked(socket, 7));
      assertTrue(Await.until(Duration.ofMillis(PATIENCE_MILLIS), () -> heard == 7));
    }
  }

  @Test
  void givenACutWire_thenConnectionsEnd_andNoneBegins() throws IOException {
    try (var before = connected()) {
      assertEquals(8, asked(before, 7));
      wire.is(State.CUT);
      assertEquals(-1, ended(before));
    }
    try (var later = connected()) {
      assertEquals(-1, ended(later));
    }
  }

  @Test
  void givenAWireThatIsSilentForOneCaller_thenTheOthersAreHeard_andItIsWhenTheWireIsWholeAgain()
      throws IOException {
    assumeTrue(Wire.tellsCallersApart());
    try (var one = connected(Wire.caller(1));
        var other = connected(Wire.caller(2))) {
      wire.is(Wire.caller(1), State.SILENT);
      one.setSoTimeout(SILENCE_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> asked(one, 7));
      assertEquals(4, asked(other, 3));
      wire.is(Wire.caller(1), State.WHOLE);
      one.setSoTimeout(PATIENCE_MILLIS);
      assertEquals(8, one.getInputStream().read());
    }
  }

  @Test
  void givenAWireThatIsCutForOneCaller_thenTheOthersStayConnected() throws IOException {
    assumeTrue(Wire.tellsCallersApart());
    try (var one = connected(Wire.caller(1));
        var other = connected(Wire.caller(2))) {
      assertEquals(8, asked(one, 7));
      assertEquals(8, asked(other, 7));
      wire.is(Wire.caller(1), State.CUT);
      assertEquals(-1, ended(one));
      assertEquals(4, asked(other, 3));
    }
  }

  private Socket connected() throws IOException {
    return connected(InetAddress.getLoopbackAddress());
  }

  private Socket connected(InetAddress from) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), wire.port(), from, 0);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static int asked(Socket socket, int number) throws IOException {
    socket.getOutputStream().write(number);
    return socket.getInputStream().read();
  }

  /// A reset is an end too.
  private static int ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (java.net.SocketException reset) {
      return -1;
    }
  }

  private void answer() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException over) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      for (int read = socket.getInputStream().read(); read >= 0; ) {
        heard = read;
        socket.getOutputStream().write(read + 1);
        read = socket.getInputStream().read();
      }
    } catch (IOException gone) {
      // As is meant.
    }
  }
}
