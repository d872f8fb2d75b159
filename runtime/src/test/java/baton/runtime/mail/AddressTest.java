package baton.runtime.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "zoe@kunde.example, zoe@kunde.example",
    "' Zoe+tag@Kunde.Example ', Zoe+tag@kunde.example",
    "o'neil_1@a-b.co.example, o'neil_1@a-b.co.example",
    "zoe@bücher.example, zoe@xn--bcher-kva.example",
    "sales@localhost, sales@localhost"
  })
  void anAddressIsReadAndItsDomainIsInAscii(String text, String plain) {
    assertEquals(Optional.of(plain), Address.parsed(text).map(Address::plain));
  }

  @Test
  void aNameMayStandBeforeIt() {
    var address = Address.parsed("\"Zoë, Sales\" <zoe@kunde.example>").orElseThrow();
    assertEquals("Zoë, Sales", address.name());
    assertEquals("zoe@kunde.example", address.plain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zoe",
        "@kunde.example",
        "zoe@",
        "zoe@kunde",
        "zoe@@kunde.example",
        "zoe @kunde.example",
        "zoe@kunde..example",
        "zoe@-kunde.example",
        ".zoe@kunde.example",
        "zoe@[127.0.0.1]",
        "zoë@kunde.example",
        "\"zoe x\"@kunde.example",
        "a@b.example, c@d.example",
        "a@b.example c@d.example",
        "friends: a@b.example, c@d.example;",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\r\n\r\nHello",
        "Zoe\r\nBcc: c@d.example <a@b.example>",
        "=?UTF-8?Q?Zoe=0D=0ABcc:_c@d.example?= <a@b.example>",
        "a@b.example\0",
        "<a@b.example> <c@d.example>"
      })
  void whatIsNotExactlyOneAddressIsNone(String text) {
    assertEquals(Optional.empty(), Address.parsed(text));
  }

  @Test
  void whatIsTooLongIsNone() {
    assertEquals(Optional.empty(), Address.parsed("a".repeat(65) + "@b.example"));
    assertEquals(Optional.empty(), Address.parsed("a@" + "b".repeat(400) + ".example"));
  }

  @Test
  void itDoesNotShowInALog() {
    assertEquals("Address[sealed]", Address.parsed("zoe@kunde.example").orElseThrow().toString());
    assertEquals("Letter[k1]", Letters.plain("k1").toString());
  }
}
