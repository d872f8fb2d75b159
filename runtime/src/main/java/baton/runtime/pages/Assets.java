package baton.runtime.pages;

import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/// The files that pages load: ours and those of packages, under one address that changes with the
/// content of any of them, so that browsers keep them for ever and modules find each other.
public final class Assets {
  private static final String OURS = "/assets/";
  private static final String PACKAGES = "/META-INF/resources/webjars/";

  /// Name in an address, and where the file lies on the class path.
  private static final Map<String, String> FILES =
      Map.ofEntries(
          ours("baton.css"),
          ours("baton.svg"),
          ours("begin.js"),
          ours("chat.css"),
          ours("chat.js"),
          ours("enter.js"),
          ours("console.css"),
          ours("console.js"),
          ours("live.js"),
          ours("theme.js"),
          Map.entry("htmx.js", PACKAGES + "htmx.org/2.0.10/dist/htmx.min.js"));

  private final Map<String, ByteString> contents = new LinkedHashMap<>();
  private final String hash;

  public Assets() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var name : FILES.keySet().stream().sorted().toList()) {
        byte[] bytes = read(FILES.get(name));
        digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(bytes);
        contents.put(name, ByteString.fromArray(bytes));
      }
      hash = HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }

  /// The address of a file that there is.
  public String address(String name) {
    if (!contents.containsKey(name)) throw new IllegalArgumentException("no asset " + name);
    return "/assets/" + hash + "/" + name;
  }

  Route route() {
    return Route.page("GET", "/assets/{hash}/{name}", Route.Access.ANYONE, this::file);
  }

  /// A page of another version of this program may ask for what it knows under another hash: it
  /// gets what there is, but does not keep it.
  private Answer file(Asked asked) {
    String name = asked.path().get("name");
    var bytes = contents.get(name);
    if (bytes == null) throw Problem.of(404, "there is no such file");
    return new Answer.File(mediaType(name), bytes, asked.path().get("hash").equals(hash));
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=UTF-8";
      case "js" -> "text/javascript; charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("an asset of an unknown kind: " + name);
    };
  }

  private static Map.Entry<String, String> ours(String name) {
    return Map.entry(name, OURS + name);
  }

  private static byte[] read(String resource) {
    try (var in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException(resource + " is not on the class path");
      return in.readAllBytes();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
