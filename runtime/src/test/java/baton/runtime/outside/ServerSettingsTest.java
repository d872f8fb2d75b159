package baton.runtime.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.runtime.outside.ServerSettings.Way;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `baton.conf` says of servers, and what is wrong with it in one line.
class ServerSettingsTest {
  @Test
  void eachWayIsRead() {
    var servers =
        read(
            """
            servers {
              warehouse { mcp = [npx, acme-mcp], environment { API_KEY = abc } }
              search { mcp-url = "https://search.example.com/mcp", token = t0, within = 5s }
              carrier { url = "https://carrier.example.com/baton/", answer-max = 1 MiB, concurrent = 2 }
            }
            """);
    assertEquals(
        Map.of(
            "warehouse",
            new ServerSettings(
                "warehouse",
                new Way.Started(List.of("npx", "acme-mcp"), Map.of("API_KEY", "abc")),
                Optional.empty(),
                Duration.ofSeconds(8),
                262_144,
                16),
            "search",
            new ServerSettings(
                "search",
                new Way.Mcp(URI.create("https://search.example.com/mcp")),
                Optional.of("t0"),
                Duration.ofSeconds(5),
                262_144,
                16),
            "carrier",
            new ServerSettings(
                "carrier",
                new Way.Signed(URI.create("https://carrier.example.com/baton")),
                Optional.empty(),
                Duration.ofSeconds(8),
                1_048_576,
                2)),
        servers);
    assertFalse(servers.toString().contains("t0"), "a token is shown nowhere");
    assertFalse(servers.toString().contains("abc"), "what a command is given is shown nowhere");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servers.a = 1                                             | servers.a is a block in braces
          servers.A.url = "https://a.example"                       | servers has a name of other than 1 to 64 of a-z 0-9 -, a letter first
          servers.a {}                                              | servers.a has one of mcp = [COMMAND, …], mcp-url and url; see docs/tools.md
          servers.a { mcp = [x], url = "https://a.example" }        | servers.a has one of mcp = [COMMAND, …], mcp-url and url; see docs/tools.md
          servers.a.mcp = []                                        | servers.a.mcp is a command and its arguments, such as ["npx", "acme-mcp"]
          servers.a.ulr = x                                         | unknown key servers.a.ulr; a server has answer-max, concurrent, environment, mcp, mcp-url, token, url, within
          servers.a.url = "ftp://a.example"                         | servers.a.url is an address such as https://tools.example.com/baton
          servers.a.url = "http://a.example"                        | servers.a.url would send calls in the clear: use https
          servers.a.mcp-url = "http://10.0.0.7/mcp"                 | servers.a.mcp-url would send calls in the clear: use https
          servers.a { url = "https://a.example", token = "a b" }    | servers.a.token has a space or a sign that no token has: give it as it was given to you
          servers.a { mcp = [x], token = t }                        | servers.a.token is for servers with an address: put it into environment
          servers.a { url = "https://a.example", environment {} }   | servers.a.environment is for a command in mcp: remove it
          servers.a { mcp = [x], environment { "A B" = c } }        | servers.a.environment has names of variables, such as API_KEY = ${API_KEY}
          servers.a { url = "https://a.example", within = 11s }     | servers.a.within is more than 0 and not more than tools.timeout, such as 5s
          servers.a { url = "https://a.example", answer-max = 1 }   | servers.a.answer-max is 1 KiB to 16 MiB
          servers.a { url = "https://a.example", concurrent = 0 }   | servers.a.concurrent is 1 to 1000
          """)
  void whatCannotBeIsOneLine(String conf, String line) {
    assertEquals(line, assertThrows(IllegalArgumentException.class, () -> read(conf)).getMessage());
  }

  private static Map<String, ServerSettings> read(String conf) {
    return ServerSettings.read(ConfigFactory.parseString(conf), Duration.ofSeconds(10));
  }
}
