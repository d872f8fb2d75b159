package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The description says what is served, and nothing else.
class OpenApiTest {
  private static final Map<?, ?> DOCUMENT =
      (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(OpenApi.TEXT);

  @Test
  void everyRouteIsDescribedAndNothingMore() {
    try (var house = new House()) {
      assertEquals(new TreeSet<>(house.api(house.settings).calls()), described());
    }
  }

  @Test
  void everyDescribedCallAnswers() {
    try (var house = new House()) {
      var opened = house.open();
      String quote = house.quoted(opened.id());
      String order = house.ordered(opened.id(), quote);
      String contact = house.contact(opened.id(), Map.of("stage", Value.of("won")));
      for (String call : described()) {
        String[] parts = call.split(" ");
        String path =
            parts[1]
                .replace("{id}", opened.id().id())
                .replace("{scope}", "engine")
                .replace("{quote}", quote)
                .replace("{contact}", contact)
                .replace("{order}", order)
                .replace("{campaign}", "outbound-appointments")
                .replace("{token}", new Tokens(new byte[32], House.OPERATOR).stop(opened.id()))
                .replace("{n}", "1")
                .replace("{approval}", opened.id().id() + ".1");
        var reply =
            parts[0].equals("GET")
                ? house.get(path, House.OPERATOR)
                : house.sendJson(parts[0], path, House.OPERATOR, "{\"no\":1}");
        assertNotEquals(404, reply.status(), call + reply.text());
        assertNotEquals(405, reply.status(), call);
        assertNotEquals(500, reply.status(), call);
        if (parts[0].equals("GET")) assertEquals(200, reply.status(), call + reply.text());
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var references =
        Pattern.compile("\\$ref: \"#/([^\"]+)\"").matcher(OpenApi.TEXT).results().toList();
    assertTrue(references.size() > 50);
    for (var reference : references) {
      Object at = DOCUMENT;
      for (String name : reference.group(1).split("/")) at = ((Map<?, ?>) at).get(name);
      assertTrue(at instanceof Map<?, ?>, reference.group(1));
    }
  }

  private static TreeSet<String> described() {
    var methods = List.of("get", "put", "post", "delete", "patch");
    var calls = new TreeSet<String>();
    ((Map<?, ?>) DOCUMENT.get("paths"))
        .forEach((path, item) ->
            ((Map<?, ?>) item)
                .keySet().stream()
                    .map(Object::toString)
                    .filter(methods::contains)
                    .forEach(method -> calls.add(method.toUpperCase() + " " + path)));
    return calls;
  }
}
