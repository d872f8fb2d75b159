package baton.runtime.mail;

import baton.runtime.mail.Sent.Accepted;
import baton.runtime.mail.Sent.Refused;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Properties;

/// Puts letters into a folder, one file `KEY.eml` each, for somebody to look at or to deliver. The
/// first letter of a key stays. Folder and files are readable by their owner alone.
public final class FolderMail implements Mail {
  private final Path folder;
  private final Address from;
  private final InstantSource clock;
  private final Session session = Session.getInstance(new Properties());

  /// @param folder made with the first letter
  public FolderMail(Path folder, Address from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public synchronized Sent send(Letter letter) {
    var file = folder.resolve(letter.key() + ".eml");
    if (Files.exists(file)) return new Accepted();
    try {
      var message = new Mime(session, from, letter, clock.instant(), () -> {});
      put(message, folder.resolve(letter.key() + ".part"), file);
      return new Accepted();
    } catch (Mime.Unfit unfit) {
      return new Refused(unfit.getMessage());
    } catch (IOException | MessagingException unwritten) {
      return new Refused("folder-not-writable");
    }
  }

  /// It has its name once all of it is on the disk.
  private static void put(Mime message, Path part, Path file)
      throws IOException, MessagingException {
    Files.createDirectories(file.getParent(), only(file, "rwx------"));
    Files.deleteIfExists(part);
    Files.createFile(part, only(file, "rw-------"));
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      message.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] only(Path file, String owner) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))
        }
        : new FileAttribute<?>[0];
  }
}
