package baton.runtime.tools.memory;

import baton.runtime.mail.Letter;
import baton.runtime.mail.Mail;
import baton.runtime.mail.Sent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the letters, for whoever wants to read them.
public final class MemoryMail implements Mail {
  private final List<Letter> letters = new CopyOnWriteArrayList<>();

  @Override
  public Sent send(Letter letter) {
    letters.add(letter);
    return new Sent.Accepted();
  }

  /// In the order they were sent.
  public List<Letter> letters() {
    return List.copyOf(letters);
  }
}
