package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private final AtomicLong clock = new AtomicLong();
  private final Keyring<String> ring = new Keyring<>(2, 100, clock::get);
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void aKeyIsLoadedOnceUntilItIsOld() {
    get("a");
    clock.set(99);
    get("a");
    assertEquals(1, loads.get());
    clock.set(100);
    get("a");
    assertEquals(2, loads.get());
  }

  @Test
  void theKeyThatWasUnusedLongestMakesRoom() {
    get("a");
    get("b");
    get("a");
    get("c");
    assertEquals(2, ring.size());
    assertEquals(3, loads.get());
    get("a");
    assertEquals(3, loads.get());
    get("b");
    assertEquals(4, loads.get());
  }

  @Test
  void keysThatAreOldAndUnusedGoWhenAnotherComes() {
    get("a");
    clock.set(50);
    get("b");
    clock.set(100);
    get("c");
    assertEquals(2, ring.size());
    get("b");
    assertEquals(3, loads.get());
  }

  @Test
  void aForgottenSubjectsKeysAreLoadedAgainAndNoOthers() {
    get("a");
    get("b");
    ring.forget("t", "a");
    get("b");
    assertEquals(2, loads.get());
    get("a");
    assertEquals(3, loads.get());
  }

  @Test
  void aKeyThatWasBeingLoadedDuringAnErasureIsNotKept() {
    ring.get(
        name("a"),
        () -> {
          ring.forget("t", "a");
          return Optional.of("loaded before it was destroyed");
        });
    assertEquals(0, ring.size());
  }

  @Test
  void aKeyThatWasMadeHereIsKept_unlessThereWasAnErasureMeanwhile() {
    ring.keep(name("a"), "made", ring.moment());
    get("a");
    assertEquals(0, loads.get());

    var before = ring.moment();
    ring.forget("t", "b");
    ring.keep(name("b"), "made, and destroyed", before);
    get("b");
    assertEquals(1, loads.get());
  }

  @Test
  void aKeyThatIsGoneIsNotKept() {
    assertEquals(Optional.empty(), ring.get(name("a"), Optional::empty));
    assertEquals(0, ring.size());
  }

  private void get(String subject) {
    ring.get(
        name(subject),
        () -> {
          loads.incrementAndGet();
          return Optional.of(subject);
        });
  }

  private static KeyName name(String subject) {
    return new KeyName("t", subject, "contact");
  }
}
