package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.runtime.outside.Declared;
import baton.runtime.outside.Warehouse;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// `./baton tools check` says of each tool of a policy whether its server has it as it is declared.
class ToolsCheckTest {
  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  @Test
  void givenServersThatHaveThem_thenAllAreWell() throws IOException {
    var carrier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    carrier.start();
    try {
      var ran =
          check(
              "servers.carrier.url = \"http://127.0.0.1:%d\"\n%s"
                  .formatted(carrier.getAddress().getPort(), warehouse()),
              Declared.PARCEL,
              Declared.STOCK);
      assertEquals(
          new Ran(
              0,
              """
              parcel  carrier    order_parcel  ok
              stock   warehouse  check_stock   ok

              All 2 tools are well.
              """,
              ""),
          ran);
    } finally {
      carrier.stop(0);
    }
  }

  @Test
  void givenWhatIsWrong_thenItSaysWhatToDo() throws IOException {
    var ran =
        check(
            "servers.carrier.url = \"http://127.0.0.1:9\"\n" + warehouse(),
            Declared.PARCEL,
            Declared.STOCK.replace("check_stock", "stock_check"),
            Declared.STOCK
                .replace("stock\", \"id\": \"tool.stock\"", "other\", \"id\": \"tool.other\"")
                .replace("\"server\": \"warehouse\"", "\"server\": \"elsewhere\""));
    assertEquals(
        new Ran(
            1,
            """
            other   elsewhere  check_stock   not well
                    the server elsewhere is not configured: add servers.elsewhere to
                    baton.conf, see docs/tools.md
            parcel  carrier    order_parcel  not well
                    the server cannot be reached: see that it runs, and check
                    servers.carrier
            stock   warehouse  stock_check   not well
                    the server has no tool stock_check

            0 of 3 tools are well.
            """,
            ""),
        ran);
  }

  @Test
  void givenAPolicyWithoutTools_thenItSaysSo() throws IOException {
    var ran = check("");
    assertEquals(new Ran(1, "", "baton: policy.yaml declares no tools; see docs/tools.md\n"), ran);
  }

  private String warehouse() {
    return "servers.warehouse.mcp = [\"%s\", -cp, \"%s\", %s, \"%s\"]"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Warehouse.class.getName(),
            folder.resolve("calls"));
  }

  /// JSON is YAML.
  private Ran check(String conf, String... tools) throws IOException {
    var policy =
        Files.writeString(folder.resolve("policy.yaml"), Declared.inboundTrial(tools).json());
    var config = Files.writeString(folder.resolve("baton.conf"), conf);
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        Commands.line()
            .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("tools", "check", policy.toString(), "--config", config.toString());
    return new Ran(status, out.toString(), err.toString().replace(folder.toString() + "/", ""));
  }
}
