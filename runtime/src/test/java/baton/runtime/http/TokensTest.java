package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final ConversationId ONE = new ConversationId("default", "one");

  @TempDir Path data;

  @Test
  void tokensSurviveARestartAndOnlyTheirOwnerReadsThem() throws IOException {
    var first = Tokens.in(data);
    var second = Tokens.in(data);

    assertEquals(first.of(ONE), second.of(ONE));
    for (String name : new String[] {"operator-token", "token-secret"}) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))));
    }
    assertEquals(
        Optional.of(new Caller.Operator("operator")),
        second.caller("default", Tokens.operatorToken(data)));
    try (var files = Files.list(data)) {
      assertEquals(2, files.count(), "nothing half-written is left behind");
    }
  }

  @Test
  void aTokenOpensItsConversationAndNoOther() {
    var tokens = Tokens.in(data);
    String token = tokens.of(ONE);

    assertEquals(Optional.of(new Caller.Buyer(ONE)), tokens.caller("default", token));
    assertEquals(Optional.empty(), tokens.caller("other", token));
    assertEquals(Optional.empty(), tokens.caller("default", token.replace("one.", "two.")));
    assertEquals(Optional.empty(), tokens.caller("default", token.substring(0, 20)));
    assertEquals(Optional.empty(), tokens.caller("default", ""));
    assertTrue(token.length() > 43, "256 bits and the id");
  }

  @Test
  void anotherServersTokensAreWorthless(@TempDir Path other) {
    var here = Tokens.in(data);
    var there = Tokens.in(other);

    assertNotEquals(here.of(ONE), there.of(ONE));
    assertEquals(Optional.empty(), here.caller("default", there.of(ONE)));
  }

  @Test
  void aDamagedSecretSaysWhatToDo() throws IOException {
    Files.writeString(data.resolve("token-secret"), "short");

    var failure = assertThrows(IllegalStateException.class, () -> Tokens.in(data));
    assertTrue(failure.getMessage().contains("delete it"), failure.getMessage());
  }
}
