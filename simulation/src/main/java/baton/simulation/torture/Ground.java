package baton.simulation.torture;

import baton.persistence.db.LocalServer;
import baton.runtime.cli.KeysCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/// A database and nodes as processes, with a wire of its own between each node and the database,
/// and one before the door at which each node hears the others. Whatever it started it ends, by its
/// process id.
final class Ground implements AutoCloseable {
  private static final Duration RESTART_MAX = Duration.ofSeconds(30);
  private static final Duration COMEBACK_MAX = Duration.ofSeconds(5);

  private final Path folder;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<Wire> toDatabase = new ArrayList<>();
  private final List<Wire> toNodes = new ArrayList<>();
  private Optional<Disk> disk = Optional.empty();
  private volatile LocalServer server;
  private boolean kept;
  private boolean closed;

  private Ground(Path folder) {
    this.folder = folder;
  }

  /// With a database and settings, and no node that runs yet.
  ///
  /// @param folder has nothing in it
  /// @param flags of the nodes' virtual machines
  /// @param ownDisk whether the database has a disk that can be full
  static Ground in(Path folder, int nodes, List<String> flags, boolean ownDisk) throws IOException {
    var ground = new Ground(folder);
    try {
      if (ownDisk) ground.disk = Optional.of(Disk.at(folder.resolve("database")));
      ground.server = LocalServer.start(folder.resolve("database"));
      var nowhere = new PrintWriter(Writer.nullWriter());
      int made =
          new CommandLine(new KeysCommand())
              .setOut(nowhere)
              .execute(folder.resolve("keys").toString());
      if (made != 0) throw new IOException("no keys can be made in " + folder);
      ground.lay(nodes, flags);
      return ground;
    } catch (IOException | RuntimeException failed) {
      ground.close();
      throw failed;
    }
  }

  private void lay(int count, List<String> flags) throws IOException {
    var ports = freePorts(2 * count);
    for (int i = 0; i < count; i++) {
      int door = ports.get(i);
      toDatabase.add(new Wire(this::databasePort));
      toNodes.add(new Wire(() -> door));
    }
    var join =
        toNodes.stream()
            .map(wire -> "\"127.0.0.1:" + wire.port() + "\"")
            .collect(Collectors.joining(", "));
    for (int i = 0; i < count; i++) {
      int number = i + 1;
      var own = Files.createDirectories(folder.resolve("node-" + number));
      int port = ports.get(count + i);
      Files.writeString(own.resolve("baton.conf"), settings(own, number, port, join));
      var all = Stream.concat(flags.stream(), network(number, ports.get(i))).toList();
      nodes.add(new NodeProcess(number, own, URI.create("http://127.0.0.1:" + port), all));
    }
  }

  private String settings(Path own, int number, int port, String join) {
    return """
    data = "%s"
    keys = "%s"
    http { host = "127.0.0.1", port = %d }
    database { url = "jdbc:postgresql://127.0.0.1:%d/postgres", user = "%s", password = "%s" }
    cluster { host = "127.0.0.1", port = %d, join = [%s] }
    """
        .formatted(
            own,
            folder.resolve("keys"),
            port,
            toDatabase(number).port(),
            server.user(),
            server.password(),
            toNode(number).port(),
            join);
  }

  /// The others call at its wire and it listens behind it; and it calls from an address by which
  /// their wires know it.
  private static Stream<String> network(int number, int door) {
    var artery = "-Dpekko.remote.artery.";
    var listens = artery + "bind.port=" + door;
    if (!Wire.tellsCallersApart()) return Stream.of(listens);
    var caller = Wire.caller(number).getHostAddress();
    return Stream.of(listens, artery + "advanced.tcp.outbound-client-hostname=" + caller);
  }

  /// Kept from each other while they are looked for.
  private static List<Integer> freePorts(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (var socket : sockets) socket.close();
    }
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  /// @param number from 1
  NodeProcess node(int number) {
    return nodes.get(number - 1);
  }

  /// @param number of the node, from 1
  Wire toDatabase(int number) {
    return toDatabase.get(number - 1);
  }

  /// @param number of the node that is called, from 1
  Wire toNode(int number) {
    return toNodes.get(number - 1);
  }

  List<Path> mail() {
    return nodes.stream().map(NodeProcess::mail).toList();
  }

  String operatorToken() throws IOException {
    return Files.readString(folder.resolve("keys").resolve("operator-token")).strip();
  }

  private int databasePort() {
    return Integer.parseInt(server.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
  }

  /// Beside the wires.
  Database database() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {databasePort()});
    source.setDatabaseName("postgres");
    source.setUser(server.user());
    source.setPassword(server.password());
    return new Database(source);
  }

  /// The server and what it started for each connection end with its first process.
  void killDatabase() throws IOException {
    var file = folder.resolve("database").resolve("postgres").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    var first = ProcessHandle.of(pid);
    var all = first.stream().flatMap(ProcessHandle::children).toList();
    first.ifPresent(ProcessHandle::destroyForcibly);
    Await.until(
        RESTART_MAX,
        () ->
            first.stream().noneMatch(ProcessHandle::isAlive)
                && all.stream().noneMatch(ProcessHandle::isAlive));
  }

  synchronized void restartDatabase() {
    if (closed) return;
    server.close();
    server = LocalServer.start(folder.resolve("database"));
  }

  void fillDisk() throws IOException {
    if (disk.isPresent()) disk.get().fill();
  }

  /// The server comes back by itself, unless the disk was full while it did.
  synchronized void freeDisk() throws IOException {
    if (closed || disk.isEmpty()) return;
    disk.get().free();
    if (!Await.until(COMEBACK_MAX, () -> database().isThere())) restartDatabase();
  }

  /// What the database left is to be looked at after the end.
  void keep() {
    kept = true;
  }

  @Override
  public synchronized void close() {
    if (closed) return;
    closed = true;
    nodes.forEach(NodeProcess::end);
    toDatabase.forEach(Wire::close);
    toNodes.forEach(Wire::close);
    if (server != null) server.close();
    disk.ifPresent(kept ? Disk::keep : Disk::close);
  }
}
