package baton.runtime.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads UTF-8, with or without a byte order mark, and says at which byte something else stands.
final class Utf8 extends Reader {
  private static final String ADVICE = "save the file as CSV in UTF-8";

  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(16 * 1024).flip();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /// Of the first byte in the buffer's array.
  private long offset;

  private boolean started;
  private boolean ended;

  Utf8(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (length == 0) return 0;
    if (!started) start();
    var chars = CharBuffer.wrap(target, from, length).slice();
    while (true) {
      var result = decoder.decode(bytes, chars, ended);
      if (result.isError()) throw notUtf8();
      if (chars.position() > 0) return chars.position();
      // A pair that does not fit into a single character of room.
      if (result.isOverflow()) throw new IOException("room for one character only");
      if (ended) return -1;
      fill();
    }
  }

  private void start() throws IOException {
    started = true;
    while (bytes.remaining() < 4 && !ended) fill();
    int first = at(0) << 8 | at(1);
    boolean halves = at(0) == 0 || at(1) == 0;
    if (first == 0xfeff || first == 0xfffe || halves) {
      throw new Unreadable("byte 0: this is UTF-16: " + ADVICE);
    }
    if (first == 0xefbb && at(2) == 0xbf) bytes.position(3);
    if (first == 0x504b && at(2) == 3) {
      throw new Unreadable("byte 0: this is a spreadsheet or an archive: " + ADVICE);
    }
  }

  private int at(int index) {
    return index < bytes.limit() ? bytes.get(index) & 0xff : -1;
  }

  private void fill() throws IOException {
    offset += bytes.position();
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) ended = true;
    else bytes.position(bytes.position() + read);
    bytes.flip();
  }

  private Unreadable notUtf8() {
    long at = offset + bytes.position();
    int value = bytes.get(bytes.position()) & 0xff;
    return new Unreadable("byte %d: 0x%02X is not UTF-8: %s".formatted(at, value, ADVICE));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
