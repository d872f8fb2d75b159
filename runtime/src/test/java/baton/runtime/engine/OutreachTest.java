package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// From a file of leads to an appointment, by letters in a folder and the public contract. Hours
/// are those of all days, and waits are seconds; the rest is the sample.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutreachTest {
  private static final Duration MAX = Duration.ofSeconds(40);
  private static final Pattern LINK = Pattern.compile("http\\S+/chat/([A-Za-z0-9_-]+)#(\\S+)");
  private static EngineProcess engine;

  private record Invited(String conversation, String token, String unsubscribe, String to) {}

  @BeforeAll
  static void start() {
    engine = EngineProcess.in("outreach");
    engine.launch().ready();
    activate("journey", "[PT1H]");
    activate("silence", "[PT1S, PT1S]");
    activate("crash", "[PT1H]");
  }

  @AfterAll
  static void end() {
    engine.close();
  }

  private static void activate(String campaign, String again) {
    String text =
        Includes.samples()
            .read("outbound-appointments.yaml")
            .orElseThrow()
            .replace("campaign: outbound-appointments", "campaign: " + campaign)
            .replace("again: [P2D, P5D]", "again: " + again)
            .replace("pace: PT2M", "pace: PT1S")
            .replace("friday]", "friday, saturday, sunday]");
    var policy = PolicyCompiler.compile(campaign + ".yaml", text, Includes.samples()).orThrow();
    engine.operator().putText("/v1/policies/active", "application/json", policy.json()).as(200);
  }

  private static JsonNode bring(String campaign, String csv) {
    return send("/v1/campaigns/" + campaign + "/leads.csv", "text/csv", csv);
  }

  private static JsonNode send(String path, String type, String body) {
    var request =
        HttpRequest.newBuilder(engine.address().orElseThrow().resolve(path))
            .header("Authorization", "Bearer " + engine.operatorToken())
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(answer.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void outreach(String campaign, String state) {
    engine
        .operator()
        .post("/v1/campaigns/" + campaign + "/outreach", Map.of("state", state, "reason", "test"))
        .as(200);
  }

  private static long count(String campaign, String state) {
    return status(campaign).get("leads").get(state).asLong();
  }

  private static JsonNode status(String campaign) {
    return engine.operator().get("/v1/campaigns/" + campaign + "/outreach").as(200);
  }

  private static void until(String campaign, String state, long count) {
    Wait.upTo(
        MAX,
        () -> campaign + " has " + count + " " + state + ": " + status(campaign),
        () -> count(campaign, state) == count ? Optional.of(true) : Optional.empty());
  }

  /// Where it is the middle of the day.
  private static String noon() {
    return List.of(
            "Pacific/Auckland",
            "Asia/Tokyo",
            "Asia/Kolkata",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "America/Los_Angeles")
        .stream()
        .filter(zone -> Math.abs(Instant.now().atZone(ZoneId.of(zone)).getHour() - 13) <= 3)
        .findFirst()
        .orElseThrow();
  }

  private static List<Invited> letters() {
    var letters = new ArrayList<Invited>();
    var folder = engine.data().resolve("mail");
    if (!Files.exists(folder)) return letters;
    try (var files = Files.newDirectoryStream(folder, "*.eml")) {
      for (var file : files) {
        try (var in = Files.newInputStream(file)) {
          var letter = new MimeMessage(Session.getInstance(new Properties()), in);
          var link = LINK.matcher(letter.getContent().toString());
          assertTrue(link.find(), "a letter has its link");
          letters.add(
              new Invited(
                  link.group(1),
                  link.group(2),
                  letter.getHeader("List-Unsubscribe")[0].replaceAll("[<>]", ""),
                  letter.getAllRecipients()[0].toString()));
        }
      }
      return letters;
    } catch (IOException | MessagingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static List<Invited> lettersTo(String... addresses) {
    var wanted = List.of(addresses);
    return letters().stream().filter(letter -> wanted.contains(letter.to())).toList();
  }

  @Test
  @Order(1)
  void aLeadIsInvitedComesByTheLinkAndBooks() {
    var report = bring("journey", "email,name,time-zone\ndana@example.com,Dana," + noon() + "\n");
    assertEquals(1, report.get("added").asInt());
    assertEquals(List.of(), lettersTo("dana@example.com"));
    outreach("journey", "running");
    until("journey", "invited", 1);
    var invited = lettersTo("dana@example.com").getFirst();
    var buyer = engine.anybody().with(invited.token());
    assertEquals(0, buyer.view(invited.conversation()).get("transcript").size(), "nobody is there");

    buyer
        .post("/v1/conversations/" + invited.conversation() + "/arrive", Map.of("channel", "chat"))
        .as(200);
    String id = invited.conversation();
    turn(buyer, id, 0);
    var first = buyer.view(id).get("transcript");
    assertTrue(first.get(0).get("text").asText().contains("automated assistant"), first.toString());
    say(buyer, id, "yes, that is fine");
    say(buyer, id, "the team plan for 12 people");
    say(buyer, id, "next Tuesday at 3 pm");
    say(buyer, id, "the first one");
    say(buyer, id, "yes please");
    var booked =
        engine.operator().effects(id).stream()
            .filter(effect -> effect.get("kind").asText().equals("book"))
            .toList();
    assertEquals(1, booked.size());
    until("journey", "arrived", 1);
    outreach("journey", "stopped");
  }

  private int said;

  private void say(ApiClient buyer, String id, String text) {
    long seq = buyer.say(id, "m" + ++said, text).as(202).get("seq").asLong();
    turn(buyer, id, seq);
  }

  private static void turn(ApiClient buyer, String id, long after) {
    Wait.upTo(
        MAX,
        () -> "the buyer's turn after " + after + " in " + engine.operator().events(id, after),
        () ->
            engine.operator().events(id, after).stream()
                .map(event -> event.get("type").asText())
                .filter(type -> type.equals("buyers-turn") || type.equals("closed"))
                .findFirst());
  }

  @Test
  @Order(2)
  void whoNeverComesGetsTwoMoreLettersAndIsLeftInPeace() {
    bring("silence", "email,time-zone\nnobody@example.com," + noon() + "\n");
    outreach("silence", "running");
    until("silence", "done", 1);
    assertEquals(3, lettersTo("nobody@example.com").size());
    assertEquals(1, status("silence").get("done").get("not-reached").asLong());
    outreach("silence", "stopped");
    // The same person in another campaign: three in all.
    bring("crash", "email,time-zone\nnobody@example.com," + noon() + "\n");
    outreach("crash", "running");
    until("crash", "refused", 1);
    assertEquals(1, status("crash").get("refused").get("capped").asLong());
    assertEquals(3, lettersTo("nobody@example.com").size());
    outreach("crash", "stopped");
    // And the way out still works, though the conversation has ended.
    press(lettersTo("nobody@example.com").getFirst().unsubscribe());
    var again = bring("journey", "email,time-zone\nnobody@example.com," + noon() + "\n");
    assertEquals(1, again.get("refused").asInt(), "whoever has opted out is on no list any more");
  }

  private static void press(String address) {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  @Order(3)
  void anEngineThatIsKilledInTheMiddleWritesToEachLeadOnce() {
    int people = 6;
    var csv = new StringBuilder("email,time-zone\n");
    for (int i = 0; i < people; i++) csv.append("p%d@example.com,%s\n".formatted(i, noon()));
    bring("crash", csv.toString());
    outreach("crash", "running");
    Wait.until(MAX, "two letters", () -> crashLetters().size() >= 2);
    engine.kill9();
    engine.launch().ready();
    until("crash", "invited", people);
    var letters = crashLetters();
    assertEquals(people, letters.size());
    assertEquals(people, new HashSet<>(letters).size(), "one each");
    for (var letter : letters()) {
      if (!letter.to().startsWith("p")) continue;
      var attempts =
          engine.operator().effects(letter.conversation()).stream()
              .filter(effect -> effect.get("kind").asText().equals("initiate-contact"))
              .toList();
      assertEquals(1, attempts.size());
      assertFalse(attempts.getFirst().get("state").asText().equals("unknown"));
    }
  }

  private static List<String> crashLetters() {
    return letters().stream().map(Invited::to).filter(to -> to.startsWith("p")).toList();
  }
}
