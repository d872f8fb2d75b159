package baton.runtime.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// How far a long command has come, on a terminal.
public final class Progress {
  private static final long EVERY_NS = 200_000_000;

  private final PrintWriter err;
  private final boolean shown = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();
  private long percent = -1;
  private long told;

  public Progress(PrintWriter err) {
    this.err = err;
  }

  InputStream of(Path file) {
    try {
      long size = Math.max(1, Files.size(file));
      return new FilterInputStream(Files.newInputStream(file)) {
        private long sent;

        @Override
        public int read() throws IOException {
          int one = super.read();
          if (one >= 0) show(++sent, size);
          return one;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
          int read = super.read(target, from, length);
          if (read > 0) show(sent += read, size);
          return read;
        }
      };
    } catch (IOException unreadable) {
      throw new ApiClient.Failure("cannot read " + file + "; name a readable file");
    }
  }

  private void show(long sent, long size) {
    long now = sent * 100 / size;
    if (!shown || now == percent) return;
    percent = now;
    err.print("\r" + now + " % read");
    err.flush();
  }

  /// How many have come, where nobody knows how many there will be.
  void lines(long come) {
    if (!shown || come / 1_000 == percent) return;
    percent = come / 1_000;
    err.print("\r" + come + " lines");
    err.flush();
  }

  /// How many events were read, where nobody knows how many there are.
  void events(long read) {
    if (!shown || read / 1_000 == percent) return;
    percent = read / 1_000;
    err.printf("\r%,d events", read);
    err.flush();
  }

  /// How many of so many are over, and how fast it goes.
  ///
  /// @param what they are, such as `conversations`
  public void over(long over, long all, String what) {
    long now = System.nanoTime();
    if (!shown || now - told < EVERY_NS && over < all) return;
    told = now;
    percent = over;
    err.printf(Locale.ROOT, "\r%,d of %,d %s, %,.0f a second ", over, all, what, over / seconds());
    err.flush();
  }

  /// Something that has no end known before.
  public void say(String words) {
    long now = System.nanoTime();
    if (!shown || now - told < EVERY_NS) return;
    told = now;
    percent = 0;
    err.printf("\r%-58s", words);
    err.flush();
  }

  public double seconds() {
    return Math.max(1, System.nanoTime() - began) / 1e9;
  }

  public void end() {
    if (percent >= 0) err.print("\r" + " ".repeat(60) + "\r");
    err.flush();
  }
}
