package baton.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A conversation in a terminal: what is typed is said, and what happens is shown as it happens.
final class ChatClient {
  /// Controls of both sets, and marks that turn the direction of text around.
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

  private static final int TRIES_MAX = 5;

  /// How long a Baton that went away is waited for, in seconds.
  private static final int AWAY_MAX = 60;

  private static final int WAITS_MAX = 20;

  private final ApiClient api;
  private final BufferedReader in;
  private final PrintWriter out;
  private final boolean typed;
  private final Duration quiet;
  private final LinkedBlockingQueue<Long> shown = new LinkedBlockingQueue<>();
  private volatile boolean over;
  private String path;
  private String token;
  private long messages;

  /// @param typed whether a person types; lines of a file are shown, and sent one by one once
  ///   nothing has come for `quiet`
  ChatClient(ApiClient api, BufferedReader in, PrintWriter out, boolean typed, Duration quiet) {
    this.api = api;
    this.in = in;
    this.out = out;
    this.typed = typed;
    this.quiet = quiet;
  }

  /// @param zone an IANA name
  record Who(String campaign, String buyer, String zone) {}

  /// Until one leaves, or the conversation is closed.
  void talk(Who who) {
    open(who);
    var reader = Thread.ofVirtual().start(this::follow);
    try {
      awaitQuiet();
      for (String line = in.readLine(); line != null && !over; line = in.readLine()) {
        if (line.strip().equals("/quit")) return;
        if (!line.isBlank()) take(line.strip());
        if (over) return;
      }
    } catch (IOException unreadable) {
      throw new ApiClient.Failure("what is typed cannot be read");
    } finally {
      over = true;
      reader.interrupt();
    }
  }

  private void open(Who who) {
    var opened =
        api.send(
                "POST",
                "/v1/conversations",
                "",
                Map.of(
                    "campaign",
                    who.campaign,
                    "channel",
                    "chat",
                    "buyer",
                    Map.of("id", who.buyer, "timeZone", who.zone)))
            .orFail()
            .json();
    path = "/v1/conversations/" + opened.get("id").asText();
    token = opened.get("token").asText();
    say("Conversation " + opened.get("id").asText() + ". /state shows it, /quit leaves.");
  }

  private void take(String line) {
    if (line.equals("/state")) {
      showState();
      return;
    }
    if (line.startsWith("/")) {
      say("There are /state and /quit.");
      return;
    }
    if (!typed) say("You: " + line);
    shown.clear();
    send("m" + ++messages, line);
    awaitQuiet();
  }

  /// Sends it again under the same id while nobody knows whether it was taken.
  private void send(String id, String text) {
    for (int tries = 1; ; tries++) {
      var answer = sendOnceBack(Map.of("id", id, "text", text));
      if (answer.isOk()) return;
      boolean later = answer.status() == 503 || answer.status() == 429;
      if (!later || tries == TRIES_MAX) {
        say("(not sent: " + answer.why() + ")");
        return;
      }
      pause(Duration.ofSeconds(answer.retryAfterSeconds()));
    }
  }

  /// Waits for a Baton that does not answer, as it does while it is started again.
  private ApiClient.Answer sendOnceBack(Map<String, String> message) {
    for (int away = 0; ; away++) {
      try {
        return api.send("POST", path + "/messages", token, message);
      } catch (ApiClient.Failure unreachable) {
        if (away == AWAY_MAX || over) throw unreachable;
        if (away == 0) say("(not sent yet: Baton does not answer, trying again)");
        pause(Duration.ofSeconds(1));
      }
    }
  }

  private void showState() {
    var state = api.get(path, token).orFail().json();
    say(
        "(%s, %s)"
            .formatted(
                state.get("status").asText(),
                state.get("holder").isNull() ? "nobody speaks" : who(state.get("holder"))));
    for (var fact : state.get("facts").properties()) {
      say("  " + fact.getKey() + ": " + plain(fact.getValue().get("value")));
    }
    for (var consent : state.get("consents").properties()) {
      say("  consent to " + consent.getKey() + ": " + consent.getValue().get("state").asText());
    }
  }

  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  // --- what happens

  /// Reads the event stream, and begins anew where it broke off.
  private void follow() {
    long last = 0;
    while (!over) {
      try (var stream = api.stream(path + "/events", token, last);
          var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("data: ")) continue;
          var event = ApiClient.read(line.substring("data: ".length()));
          if (event.get("seq").asLong() <= last) continue;
          last = event.get("seq").asLong();
          show(event);
        }
      } catch (IOException brokenOff) {
        if (!over) pause(Duration.ofSeconds(1));
      }
    }
  }

  private void show(JsonNode event) {
    var data = event.get("data");
    switch (event.get("type").asText()) {
      case "settled" -> say(who(data.get("by")) + ": " + data.get("text").asText());
      case "granted" -> say("-- " + who(data.get("role")) + " has the conversation --");
      case "released" -> say("-- nobody has the conversation for the moment --");
      case "closed" -> {
        say("-- the conversation is closed" + (typed ? "; Enter leaves --" : " --"));
        over = true;
      }
      default -> {
        return; // one's own words, and what one need not read
      }
    }
    shown.add(event.get("seq").asLong());
  }

  private static String who(JsonNode role) {
    return switch (role.asText()) {
      case "human" -> "A person";
      case "engine" -> "Baton";
      case String name ->
          name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " (automated)";
    };
  }

  private synchronized void say(String line) {
    out.println(shown(line));
    out.flush();
  }

  /// Whatever is shown came from elsewhere: it must steer neither the terminal nor the reader.
  static String shown(String line) {
    return STEERING.matcher(line).replaceAll("?");
  }

  /// For lines of a file: until nothing more comes, within reason.
  private void awaitQuiet() {
    if (typed) return;
    try {
      for (int waits = 0; waits < WAITS_MAX; waits++) {
        if (shown.poll(quiet.toMillis(), TimeUnit.MILLISECONDS) == null) return;
      }
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }
}
