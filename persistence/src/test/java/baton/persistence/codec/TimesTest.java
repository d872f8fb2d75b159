package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The platform's own way is what it is held against.
class TimesTest {
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int[] UNITS = {1_000_000_000, 1_000_000, 1_000, 1};

  @Test
  void eachInstantIsTheSameTextAndComesBack() {
    var random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-YEAR_10000, 2 * YEAR_10000);
      int unit = UNITS[i % UNITS.length];
      var at = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000) / unit * (long) unit);
      assertEquals(at.toString(), Times.text(at));
      assertEquals(at, Times.instant(at.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T09:30:00Z",
        "2026-03-01T09:30:00.Z",
        "2026-03-01T09:30:00.1Z",
        "2026-03-01T09:30:00.12Z",
        "2026-03-01T09:30:00.123456789Z",
        "2024-02-29T23:59:59Z",
        "+12026-03-01T09:30:00Z",
        "-0001-03-01T09:30:00Z",
        "2026-03-01T09:30:00+01:00",
        "2026-03-01T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-03-01t09:30:00z"
      })
  void whatThePlatformReadsIsReadAlike(String text) {
    assertEquals(Instant.parse(text), Times.instant(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-03-01",
        "2026-03-32T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-02-29T09:30:00Z",
        "2026-03-01T25:30:00Z",
        "2026-03-01T09:60:00Z",
        "2026-03-01T09:30:00",
        "2026-03-01T09:30:00.1234567891Z",
        "2026-03-01T09:30:00.12x4Z",
        "2026-03-01T09:30:0aZ",
        "2026-03-01 09:30:00Z",
        " 2026-03-01T09:30:00Z"
      })
  void whatItRefusesIsRefused(String text) {
    assertThrows(DateTimeException.class, () -> Instant.parse(text));
    assertThrows(DateTimeException.class, () -> Times.instant(text));
  }
}
