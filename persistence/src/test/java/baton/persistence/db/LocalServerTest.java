package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalServerTest {
  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    var target = Files.createDirectories(Path.of("target"));
    data = Files.createTempDirectory(target, "data").toAbsolutePath();
  }

  @AfterEach
  void removeFolder() {
    TestDatabase.delete(data);
  }

  @Test
  void givenAnEngineThatWasKilledThenTheNextOneTakesItsFolderOverAndLosesNothing()
      throws Exception {
    try (var engine = Engine.start(data)) {
      var refusal = assertThrows(Unusable.class, () -> LocalServer.start(data));
      assertTrue(refusal.getMessage().contains("another engine uses the data folder"));
      engine.kill();
      long orphan = postmaster();
      assertTrue(ProcessHandle.of(orphan).isPresent(), "no orphan: this test proves nothing");
      try (var server = LocalServer.start(data)) {
        assertNotEquals(orphan, postmaster());
        assertEquals("on", ask(server, server.password(), "show fsync"));
        assertEquals("on", ask(server, server.password(), "show synchronous_commit"));
        assertEquals("kept", ask(server, server.password(), "select word from kept"));
      }
    }
  }

  @Test
  void givenAFolderThatWasClosedThenTheNextStartHasItsPortItsRowsAndItsPassword() throws Exception {
    String url;
    String password;
    try (var server = LocalServer.start(data)) {
      url = server.jdbcUrl();
      password = server.password();
      Database.open(server).close();
      assertThrows(SQLException.class, () -> ask(server, "guessed", "select 1"));
      assertEquals("rw-------", permissions("postgres-password"));
      assertEquals("rwx------", permissions("postgres"));
      assertEquals("rwx------", permissions("postgres-programs"), "what lies there is run");
    }
    assertFalse(Files.exists(data.resolve("postgres/postmaster.pid")));
    try (var server = LocalServer.start(data)) {
      assertEquals(url, server.jdbcUrl());
      assertEquals(password, server.password());
      assertEquals("0", ask(server, password, "select count(*) from claim"));
      assertThrows(Unusable.class, () -> LocalServer.start(data), "also within one engine");
    }
  }

  @Test
  void givenAFolderOfANewerBatonThenItIsRefusedAndNothingIsChanged() throws IOException {
    Files.writeString(data.resolve("version"), "99\n");
    var before = contents();
    var refusal = assertThrows(Unusable.class, () -> LocalServer.start(data));
    assertTrue(refusal.getMessage().contains("newer Baton (format 99"));
    assertEquals(before, contents());
  }

  @Test
  void givenAGarbledFormatNumberThenTheFolderIsRefusedAndNothingIsChanged() throws IOException {
    Files.writeString(data.resolve("version"), "one");
    var before = contents();
    var refusal = assertThrows(Unusable.class, () -> LocalServer.start(data));
    assertTrue(refusal.getMessage().contains("cannot read the format number"));
    assertEquals(before, contents());
  }

  @Test
  void givenAFirstStartThatDidNotEndThenWhatItLeftIsSetAside() throws Exception {
    Files.createDirectories(data.resolve("postgres"));
    Files.writeString(data.resolve("postgres/half"), "half");
    try (var server = LocalServer.start(data)) {
      assertEquals("1", ask(server, server.password(), "select 1"));
    }
    assertEquals("half", Files.readString(data.resolve("postgres-incomplete-1/half")));
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
  }

  private TreeMap<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    List<Path> files;
    try (var paths = Files.walk(data)) {
      files = paths.filter(Files::isRegularFile).toList();
    }
    for (var file : files) contents.put(file.toString(), Files.readString(file));
    return contents;
  }

  private static String ask(LocalServer server, String password, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), password);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name)));
  }
}
