package baton.persistence.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Encrypts where a source of random numbers is at hand.
///
/// Tink makes one for each thread, which takes longer than a text's encryption since all of the
/// class path is searched for another provider. A virtual thread is used once, so it leaves the
/// text to one of a few threads that stay.
final class Encryption {
  private static final ExecutorService STAYING =
      staying(Runtime.getRuntime().availableProcessors());

  private Encryption() {}

  static byte[] of(Aead aead, byte[] text, byte[] bound) throws GeneralSecurityException {
    if (!Thread.currentThread().isVirtual()) return aead.encrypt(text, bound);
    try {
      return STAYING.submit(() -> aead.encrypt(text, bound)).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GeneralSecurityException security) throw security;
      throw new IllegalStateException("a text cannot be sealed", failure.getCause());
    } catch (InterruptedException interrupted) {
      // Whoever is told to stop is told again, and has what was asked for.
      Thread.currentThread().interrupt();
      return aead.encrypt(text, bound);
    }
  }

  private static ExecutorService staying(int threads) {
    var pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "sealing");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
