package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import baton.handoff.port.Tool.Effect;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tools built in, switched off and replaced, and what a tool from elsewhere may answer.
class EquipmentTest {
  private static final Outcome DONE = Outcome.confirmed(Map.of("crm.contact", Value.of("a1")));

  private final Bench bench = Storage.MEMORY.empty();
  private final Effect effect =
      bench.effect("k1", new Action.WriteCrm(Map.of("stage", Value.of("ordered"))));

  @Test
  void whereNothingIsSaidEverythingIsBuiltIn() {
    assertEquals(bench.toolbox().kinds(), equipment("").toolbox().kinds());
    assertEquals(1, equipment("").operators(new Present()).count("t"));
  }

  @Test
  void aToolThatIsOffCarriesOutNothing() {
    var toolbox = equipment("tools.use.crm = off").toolbox();
    assertEquals(new Failed("no-such-tool"), toolbox.call(effect));
  }

  @Test
  void withoutAQueueNobodyIsThere() {
    var off = equipment("tools.use.queue = off");
    assertEquals(0, off.operators(new Present()).count("t"));
    off.operators(new Present()).available("t", "kim", true, Bench.MONDAY);
    assertEquals(0, off.operators(new Present()).count("t"));
  }

  @Test
  void aReplacementIsCalledInPlaceOfTheBuiltInTool() {
    var toolbox = equipment("tools { use.crm = acme, settings.acme.answer = a1 }").toolbox();
    assertEquals(DONE, toolbox.call(effect));
    assertEquals(DONE, toolbox.lookUp(effect));
    assertEquals(List.of(), bench.contactIds());
  }

  @Test
  void aNewNameAddsATool() {
    var kinds = equipment("tools.use.weather = sky").toolbox().kinds();
    assertEquals(true, kinds.contains("tool:weather") && kinds.contains("write-crm"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tools.use.crm = amce | tools.use.crm = amce: there is no such provider; there are builtin, off, acme, broken, sky, twin; others are found in the jars that BATON_CLASSPATH names
          tools.use.crm = twin | tools.use.crm = twin: two providers on the class path are called that; leave one out
          tools.use.crn = off | tools.use.crn: there is no such tool; built in are calendar, crm, orders, prices, queue
          tools.use.crm = sky | tools.use.crm = sky: it does not carry out write-crm; choose another, or off
          tools.use.more = acme, tools.settings.acme.answer = x | tools.use: two tools carry out write-crm: leave one out
          tools.use.crm = acme | tools.settings.acme: No configuration setting found for key 'answer'
          tools.use.crm = broken | tools.settings.broken: it could not be opened: java.lang.IllegalStateException
          tools.settings.acme.answer = x | tools.settings.acme: no tool uses it; say so in tools.use, or leave it out
          """)
  void whatCannotBeIsOneLineThatSaysWhy(String settings, String line) {
    var equipment = equipment(settings.replace(", ", "\n"));
    var refused = assertThrows(IllegalStateException.class, equipment::toolbox).getMessage();
    assertEquals(
        line, refused.replaceFirst("^(tools\\.settings\\.acme: ).*: No conf", "$1No conf"));
    assertEquals(refused.indexOf("tools.settings"), refused.lastIndexOf("tools.settings"), refused);
  }

  @Test
  void aProviderThatNeverOpensItsToolIsNotWaitedForForEver() {
    var never = new CountDownLatch(1);
    var stuck =
        new Named(
            "stuck",
            _ -> {
              try {
                never.await();
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
              return crm("1");
            });
    var choice = ToolChoice.of(ConfigFactory.parseString("tools.use.crm = stuck"));
    var equipment =
        new Equipment(choice, Map.of("crm", bench.crm), List.of(stuck), Duration.ofMillis(50));
    assertEquals(
        "tools.settings.stuck: it did not open in time: see what it waits for",
        assertThrows(IllegalStateException.class, equipment::toolbox).getMessage());
  }

  @Test
  void whatIsNoNameOrNoBlockIsRefused() {
    for (var settings :
        List.of("tools.use.crm = 1", "tools.use.crm { a = b }", "tools.settings.x = 1")) {
      var config = ConfigFactory.parseString(settings);
      assertThrows(IllegalArgumentException.class, () -> ToolChoice.of(config), settings);
    }
  }

  @Test
  void aToolFromElsewhereThatBreaksTheContractLeavesTheOutcomeUnknown() {
    assertEquals(new Unknown("bad-answer"), answered(() -> null));
    assertEquals(
        new Unknown("error"),
        answered(() -> {
          throw new IllegalStateException("Ada Lovelace");
        }));
    assertEquals(
        new Unknown("error"),
        answered(() -> {
          throw new NoSuchMethodError("x");
        }));
    assertEquals(
        new Unknown("bad-answer"),
        answered(() -> Outcome.confirmed(Map.of("Not a name", Value.of(1)))));
    var tooLong = "x".repeat(Outsider.TEXT_MAX_CHARS + 1);
    assertEquals(
        new Unknown("bad-answer"),
        answered(() -> Outcome.confirmed(Map.of("a", Value.of(tooLong)))));
    assertEquals(new Failed("refused"), answered(() -> new Failed("Ada Lovelace is not known")));
    assertEquals(new Failed("slot-taken"), answered(() -> new Failed("slot-taken")));
    assertEquals(new Unknown("no-answer"), answered(() -> new Unknown("Ada?")));
    assertEquals(DONE, answered(() -> DONE));
  }

  @Test
  void aToolFromElsewhereThatCannotDescribeItselfIsRefused() {
    for (var schema : List.of("", "[]", "{")) {
      var tool = new Given(Set.of("write-crm"), schema, () -> DONE);
      assertThrows(IllegalStateException.class, () -> new Outsider("key", tool), schema);
    }
    var none = new Given(Set.of(), "{}", () -> DONE);
    assertThrows(IllegalStateException.class, () -> new Outsider("key", none));
    var odd = new Given(Set.of("Write CRM"), "{}", () -> DONE);
    assertThrows(IllegalStateException.class, () -> new Outsider("key", odd));
  }

  private Outcome answered(Supplier<Outcome> answer) {
    var outsider = new Outsider("key", new Given(Set.of("write-crm"), "{}", answer));
    assertEquals(outsider.call(effect), outsider.lookUp(effect));
    return outsider.call(effect);
  }

  private Equipment equipment(String settings) {
    return new Equipment(
        ToolChoice.of(ConfigFactory.parseString(settings)),
        Map.of(
            "calendar", bench.calendar,
            "prices", bench.prices,
            "orders", bench.orders,
            "crm", bench.crm,
            "queue", bench.humans),
        List.of(
            new Named("acme", config -> crm(config.getString("answer"))),
            new Named("sky", _ -> new Given(Set.of("tool:weather"), "{}", () -> DONE)),
            new Named("twin", _ -> crm("1")),
            new Named("twin", _ -> crm("2")),
            new Named(
                "broken",
                _ -> {
                  throw new IllegalStateException("a secret");
                })));
  }

  private static Tool crm(String contact) {
    var outcome = Outcome.confirmed(Map.of("crm.contact", Value.of(contact)));
    return new Given(Set.of("write-crm"), "{}", () -> outcome);
  }

  private record Named(String name, Function<Config, Tool> make) implements ToolProvider {
    @Override
    public Tool open(Config settings) {
      return make.apply(settings);
    }
  }

  private record Given(Set<String> kinds, String schema, Supplier<Outcome> answer) implements Tool {
    @Override
    public String schema(String kind) {
      return schema;
    }

    @Override
    public boolean undoable(String kind) {
      return true;
    }

    @Override
    public Outcome call(Effect effect) {
      return answer.get();
    }

    @Override
    public Outcome lookUp(Effect effect) {
      return answer.get();
    }
  }

  private record Present() implements Operators {
    @Override
    public void available(String tenant, String operator, boolean available, Instant at) {}

    @Override
    public int count(String tenant) {
      return 1;
    }
  }
}
