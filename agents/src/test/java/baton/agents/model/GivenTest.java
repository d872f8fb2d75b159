package baton.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.agents.Desk;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.policy.Clause;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Argument;
import baton.handoff.policy.OutsideTool.Form;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A tool that a policy declares: what a model is shown of it, and what it may give.
class GivenTest {
  private static final OutsideTool PARCEL =
      new OutsideTool(
          "parcel",
          new Clause("tool.parcel", "Head of Operations", "because"),
          "carrier",
          "order_parcel",
          "orders a parcel",
          false,
          false,
          OutsideTool.ErrorMeans.UNKNOWN,
          new TreeMap<>(
              Map.of(
                  "note", new Argument(new Form.Text(10), false, ""),
                  "product", new Argument(new Form.Name(), true, "its code"),
                  "size", new Argument(new Form.Choice(List.of("small", "large")), true, ""),
                  "count", new Argument(new Form.Whole(1, 9), true, ""),
                  "from", new Argument(new Form.Time(), false, ""))),
          new TreeMap<>());

  @Test
  void itsSchemaIsItsDeclaration() {
    assertEquals(
        "{\"type\":\"object\",\"properties\":{"
            + "\"count\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9},"
            + "\"from\":{\"type\":\"string\",\"format\":\"date-time\"},"
            + "\"note\":{\"type\":\"string\",\"maxLength\":10},"
            + "\"product\":{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$\","
            + "\"description\":\"its code\"},"
            + "\"size\":{\"type\":\"string\",\"enum\":[\"small\",\"large\"]}},"
            + "\"required\":[\"count\",\"product\",\"size\"]}",
        Given.schema(PARCEL).toString());
  }

  @Test
  void itIsOfferedToARoleThatMayUseIt_andToNoOther() {
    assertEquals(
        List.of("tool__parcel: orders a parcel (cannot be taken back)"), offered("tool:parcel"));
    assertEquals(List.of(), offered("tool:other"));
  }

  private static List<String> offered(String may) {
    var briefing =
        new Briefing(
            new ConversationId("default", "c1"),
            "campaign",
            "chat",
            true,
            "s",
            Role.BOOKING,
            1,
            1,
            1,
            List.of(),
            0,
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(),
            new TreeSet<>(List.of(may)),
            new TreeSet<>(),
            new TreeSet<>(),
            "",
            false,
            0,
            0,
            "hash",
            Instant.EPOCH);
    return new Offering(briefing, new TreeSet<>(), _ -> Optional.empty(), Map.of("parcel", PARCEL))
        .tools().stream().map(tool -> tool.name() + ": " + tool.description()).toList();
  }

  @Test
  void givenWhatItTakes_thenEachHasItsType_andTextIsSealed() throws Arguments.Wrong {
    assertEquals(
        new Action.UseTool(
            "parcel",
            Map.of(
                "product", Value.of("team-plan"),
                "size", Value.of("small"),
                "count", Value.of(2),
                "from", Value.of(Instant.parse("2026-11-30T14:00:00Z")),
                "note", Value.of(sealed("for Dana")))),
        read(
            """
            {"product": "team-plan", "size": "small", "count": 2,
             "from": "2026-11-30T09:00:00-05:00", "note": "for Dana"}
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"product":"p","size":"small"}                              | the argument count is missing
          {"product":"p","size":"small","count":10}                   | count is a whole number from 1 to 9
          {"product":"p","size":"small","count":"2"}                  | count is a whole number from 1 to 9
          {"product":"p","size":"huge","count":2}                     | size is one of small, large
          {"product":"two words","size":"small","count":2}            | the argument product is no name
          {"product":["p"],"size":"small","count":2}                  | the argument product is no name
          {"product":"p","size":"small","count":2,"note":"01234567890"} | note is text of at most 10 characters
          {"product":"p","size":"small","count":2,"from":"soon"}      | from is a date and time with its offset, as 2026-11-30T09:00:00-05:00
          {"product":"p","size":"small","count":2,"admin":true}       | there is an argument too many
          """)
  void givenWhatItDoesNotTake_thenTheModelIsToldWhatIsWrong(String json, String words) {
    assertEquals(words, assertThrows(Arguments.Wrong.class, () -> read(json)).getMessage());
  }

  private static Action read(String json) throws Arguments.Wrong {
    return Given.read(PARCEL, json, new Sealing());
  }

  private static Sealed sealed(String text) {
    return new Sealed("s", "transcript", "hmac of " + text, "");
  }

  private record Sealing() implements Desk {
    @Override
    public Words words(String text) {
      return new Words.Own(sealed(text), List.of());
    }

    @Override
    public Sealed seal(String text) {
      return sealed(text);
    }

    @Override
    public String read(Sealed sealed) {
      return "";
    }
  }
}
