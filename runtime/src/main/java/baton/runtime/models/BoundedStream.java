package baton.runtime.models;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Gives no more than so many bytes; one more is a failure, not an end.
final class BoundedStream extends FilterInputStream {
  private final int bytesMax;
  private long given;

  BoundedStream(InputStream in, int bytesMax) {
    super(in);
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) count(1);
    return value;
  }

  @Override
  public int read(byte[] into, int at, int most) throws IOException {
    int read = super.read(into, at, most);
    if (read > 0) count(read);
    return read;
  }

  private void count(int more) {
    given += more;
    if (given > bytesMax) throw new ModelFailure(new Failure.TooLarge(bytesMax));
  }
}
